import type { Access } from "../../src/estate/access";
import { Reach, type Chain } from "../../src/estate/reach";

/** `a -> b`, or `a ~> b` where it is unknown. */
function accesses(...edges: readonly string[]): readonly Access[] {
  return edges.map((edge) => {
    const [principal, kind, roleArn] = edge.split(" ");
    const result = kind === "~>" ? "unknown" : "allowed";
    return { roleArn, principal, result, needs: [], by: "principal" };
  });
}

function chainsTo(role: string, ...edges: readonly string[]): readonly string[] {
  return linesOf(new Reach(accesses(...edges)).chainsTo(role));
}

function chainsFrom(principal: string, ...edges: readonly string[]): readonly string[] {
  return linesOf(new Reach(accesses(...edges)).chainsFrom(principal));
}

/** `a -> b -> c`, with `?` where it is unknown; sorted. */
function linesOf(chains: readonly Chain[]): readonly string[] {
  return chains
    .map(({ principal, steps, result }) =>
      [principal, ...steps.map(({ roleArn }) => roleArn)]
        .join(" -> ")
        .concat(result === "unknown" ? "?" : ""),
    )
    .sort();
}

describe("who can come to be a role", () => {
  it("has everyone who can assume it, directly or role by role", () => {
    expect(chainsTo("d", "a -> b", "b -> c", "c -> d", "x -> y")).toEqual([
      "a -> b -> c -> d",
      "b -> c -> d",
      "c -> d",
    ]);
  });

  it("has the shortest chain of each", () => {
    expect(chainsTo("d", "a -> b", "b -> c", "c -> d", "a -> d")).toEqual([
      "a -> d",
      "b -> c -> d",
      "c -> d",
    ]);
  });

  it("has a longer chain that is certain rather than a shorter one that is not", () => {
    expect(chainsTo("c", "a ~> c", "a -> b", "b -> c")).toEqual(["a -> b -> c", "b -> c"]);
  });

  it("is unknown where a step of every chain is", () => {
    expect(chainsTo("c", "a -> b", "b ~> c")).toEqual(["a -> b -> c?", "b -> c?"]);
  });

  it("ends where roles assume each other in a circle", () => {
    expect(chainsTo("a", "a -> b", "b -> a", "a -> a")).toEqual(["b -> a"]);
  });
});

describe("which roles somebody can come to be", () => {
  it("has each role with the shortest chain to it, and a certain one before that", () => {
    expect(chainsFrom("a", "a -> b", "b -> c", "a ~> c", "c -> d", "x -> y", "a -> d")).toEqual([
      "a -> b",
      "a -> b -> c",
      "a -> d",
    ]);
  });

  it("is unknown where a step of every chain is", () => {
    expect(chainsFrom("a", "a ~> b", "b -> c")).toEqual(["a -> b -> c?", "a -> b?"]);
  });

  it("ends where roles assume each other in a circle", () => {
    expect(chainsFrom("a", "a -> b", "b -> a", "a -> a")).toEqual(["a -> b"]);
  });
});

describe("the longest chain from a principal", () => {
  it.each([
    [["x -> y"], 0],
    [["a -> b"], 1],
    [["a -> b", "b -> c", "a -> c"], 2],
    [["a -> b", "a -> c", "c -> b", "b -> d", "c -> d"], 3],
    [["a ~> b", "b ~> c"], 2],
    [["a -> b", "b -> a"], 1],
    [["a -> b", "b -> c", "c -> b"], 2],
  ])("of %j has %i steps", (edges, steps) => {
    expect(new Reach(accesses(...edges)).longestFrom("a")).toBe(steps);
  });
});
