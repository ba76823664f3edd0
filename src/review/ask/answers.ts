import { accessOf, type AccessOptions, type FoundRequests } from "../../estate/access";
import type { Estate, Identity } from "../../estate/estate";
import type { AccessCount } from "../../estate/judge";
import { Reach, type Chain } from "../../estate/reach";
import { resourceAccessOf, type ResourceAccess } from "../../estate/resource-access";
import { questionsFor, usualActions } from "./actions-of";
import type { ResourceTarget } from "../names/name-book";
import { whyNotInConsole } from "./console";
import { Steps } from "./steps";
import { compareWays, sortWays, type Step, type Way } from "./way";

/** How somebody comes to do something with a resource; the last step is the action. */
export interface ResourceWay extends Way {
  readonly action: string;
  readonly resourceArn: string;
}

/**
 * Answers who can be which role and do what with which resource, each with a way. Who-can and can are each
 * other's transpose: both are read from the same accesses. Of several ways the shortest is told, a certain
 * one before one that is not. All roles are judged once, when it is first asked about some.
 */
export class Answers {
  private readonly requests: FoundRequests = new WeakMap();
  private readonly steps: Steps;
  private readonly options: AccessOptions;
  private known?: Reach;

  constructor(
    private readonly estate: Estate,
    count: AccessCount = { evaluations: 0 },
  ) {
    this.steps = new Steps(estate, this.requests, count);
    this.options = { count, requests: this.requests };
  }

  /** Everyone who can be a role. */
  whoCanBe({ arn }: Identity): readonly Way[] {
    return sortWays(
      this.reach.chainsTo(arn).map((chain) => this.wayOf(chain)),
      ({ principal }) => principal,
    );
  }

  /** Every role that somebody can be, by the principal's ARN or name as `Access` has it. */
  rolesOf(principal: string): readonly Way[] {
    return sortWays(
      this.reach.chainsFrom(principal).map((chain) => this.wayOf(chain)),
      ({ steps }) => steps[steps.length - 1].arn,
    );
  }

  /** Everyone who can do some of the actions with a resource. */
  whoCanDo(target: ResourceTarget, actions: readonly string[]): readonly ResourceWay[] {
    const accesses = resourceAccessOf(this.estate, questionsFor(target, actions), this.options);
    const best = new Best();
    for (const access of accesses) {
      best.take(this.resourceWay(access));
      for (const chain of this.reach.chainsTo(access.principal)) {
        best.take(this.resourceWay(access, chain));
      }
    }
    return best.ways;
  }

  /** Everything that somebody can do with the resources of the estate, of what is usually asked. */
  resourcesOf(principal: string): readonly ResourceWay[] {
    const chains = this.reach.chainsFrom(principal);
    const byRole = new Map(chains.map((chain) => [endOf(chain), chain]));
    const questions = [...this.estate.resources.values()].flatMap((resource) =>
      questionsFor({ resource, arn: resource.arn }, usualActions(resource)),
    );
    const only = new Set([principal, ...byRole.keys()]);
    const best = new Best();
    for (const access of resourceAccessOf(this.estate, questions, { ...this.options, only })) {
      best.take(this.resourceWay(access, byRole.get(access.principal)));
    }
    return best.ways;
  }

  private get reach(): Reach {
    this.known ??= new Reach(accessOf(this.estate, this.options));
    return this.known;
  }

  private wayOf({ principal, steps: accesses, result }: Chain): Way {
    const steps = accesses.map((access) => this.steps.ofRole(access));
    return { principal, result, steps, ...this.inConsole(principal, steps) };
  }

  private resourceWay(access: ResourceAccess, chain?: Chain): ResourceWay {
    const { action, resourceArn } = access;
    const principal = chain?.principal ?? access.principal;
    const assumed = (chain?.steps ?? []).map((each) => this.steps.ofRole(each));
    const isCertain = access.result === "allowed" && (chain?.result ?? "allowed") === "allowed";
    return {
      principal,
      result: isCertain ? "allowed" : "unknown",
      steps: [...assumed, this.steps.ofResource(access)],
      action,
      resourceArn,
      ...this.inConsole(principal, assumed),
    };
  }

  private inConsole(principal: string, assumed: readonly Step[]): Pick<Way, "notInConsole"> {
    const notInConsole = whyNotInConsole(this.estate, principal, assumed);
    return notInConsole === undefined ? {} : { notInConsole };
  }
}

function endOf({ steps }: Chain): string {
  return steps[steps.length - 1].roleArn;
}

/** Of the ways by which one principal does one thing, the best. */
class Best {
  private readonly byThing = new Map<string, ResourceWay>();

  take(way: ResourceWay): void {
    const key = keyOf(way);
    const known = this.byThing.get(key);
    if (known === undefined || compareWays(way, known) < 0) this.byThing.set(key, way);
  }

  get ways(): readonly ResourceWay[] {
    return sortWays([...this.byThing.values()], keyOf);
  }
}

function keyOf({ principal, resourceArn, action }: ResourceWay): string {
  return `${principal} ${resourceArn} ${action}`;
}
