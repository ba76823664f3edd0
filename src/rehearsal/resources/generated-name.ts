import { hexOf } from "../aws/generated-id";
import type { ResourceCall } from "./resource-type";

/**
 * The name of a resource: as it is written, else made by the provider from a prefix. What it makes
 * differs each time, and follows from nothing but how often it did before.
 */
export function generatedName(
  { account, arguments: args }: ResourceCall,
  argument: string,
  prefix = "terraform-",
): string {
  const name = args.optionalText(argument);
  if (name !== undefined) return name;
  const count = account.count("generated name");
  const written = args.optionalText(`${argument}_prefix`) ?? prefix;
  return `${written}${hexOf(`name/${account.id}/${count}`, 26)}`;
}
