import { AwsError } from "./aws/aws-error";

/** A deploy that stops; `message` is what Terraform or AWS says. */
export class TerraformError extends Error {
  constructor(
    message: string,
    /** Of the resource, data source or provider it stopped at. */
    readonly address?: string,
    /** One sentence of ours for people. */
    readonly reason?: string,
  ) {
    super(message);
    this.name = "TerraformError";
  }
}

/** Does something for an address: what AWS refuses there stops the deploy there. */
export function at<T>(address: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof AwsError) throw new TerraformError(error.message, address, error.reason);
    throw error;
  }
}

/** `lifecycle.prevent_destroy` stands against what the plan calls for. */
export function preventedDestroy(address: string): TerraformError {
  return new TerraformError(
    `Instance cannot be destroyed: Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.`,
    address,
  );
}

/** An import block names what does not exist. */
export function nothingToImport(address: string): TerraformError {
  return new TerraformError(
    `Cannot import non-existent remote object: While attempting to import an existing object to "${address}", the provider detected that no object exists with the given id. Only pre-existing objects can be imported; check that the id is correct and that it is associated with the provider's configured region or endpoint, or use "terraform apply" to create a new remote object for this resource.`,
    address,
  );
}

/** A resource type that the provider cannot import. */
export function notImportable(address: string, type: string): TerraformError {
  return new TerraformError(`resource ${type} doesn't support import`, address);
}

/** Resources that wait for each other. */
export function dependencyCycle(addresses: readonly string[]): TerraformError {
  return new TerraformError(`Cycle: ${addresses.join(", ")}`, addresses[0]);
}

/** A reference to what the stack does not have. */
export function undeclared(address: string): TerraformError {
  return new TerraformError(
    `Reference to undeclared resource: ${address} has not been declared in the root module.`,
    address,
  );
}

/** An argument that the resource type needs. */
export function missingArgument(address: string, name: string): TerraformError {
  return new TerraformError(
    `Missing required argument: The argument "${name}" is required, but no definition was found.`,
    address,
  );
}

/** An argument of another type than the resource type takes. */
export function wrongArgument(address: string, name: string, expected: string): TerraformError {
  return new TerraformError(
    `Incorrect attribute value type: Inappropriate value for attribute "${name}": ${expected} required.`,
    address,
  );
}

/** Something that Terraform could do and the rehearsal cannot: refused, never guessed. */
export function cannotRehearse(address: string, what: string): TerraformError {
  return new TerraformError(`cannot be rehearsed: ${what}`, address);
}

/** Credentials for another account than the stack is for. */
export function accountNotAllowed(address: string, accountId: string): TerraformError {
  return new TerraformError(`AWS account ID not allowed: ${accountId}`, address);
}

/** A named profile that nobody has set up. */
export function unknownProfile(address: string, profile: string): TerraformError {
  return new TerraformError(`failed to get shared config profile, ${profile}`, address);
}

/** A file that Terraform cannot read. */
export function malformedStack(path: string): TerraformError {
  return new TerraformError(
    `Invalid JSON configuration${path === "" ? "" : ` at ${path}`}`,
    path === "" ? undefined : path,
  );
}
