import { isIPv4, isIPv6 } from "node:net";

/** An IPv4 or IPv6 address as a number. */
interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A range of addresses in CIDR notation. */
export interface IpRange {
  readonly bits: 32 | 128;
  /** The leading bits that all addresses of the range share. */
  readonly prefix: bigint;
  readonly prefixLength: number;
}

/**
 * Reads an address range, or a single address as the range of itself; undefined where it is
 * neither. Bits after the prefix are ignored.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf("/");
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const length = slash < 0 ? String(address.bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || Number(length) > address.bits) return undefined;
  const prefixLength = Number(length);
  return { bits: address.bits, prefix: prefixOf(address, prefixLength), prefixLength };
}

/** Whether an address lies in a range; undefined where the text is no address. */
export function isInRange(range: IpRange, text: string): boolean | undefined {
  const address = parseIpAddress(text);
  if (address === undefined) return undefined;
  return address.bits === range.bits && prefixOf(address, range.prefixLength) === range.prefix;
}

function prefixOf(address: IpAddress, prefixLength: number): bigint {
  return address.value >> BigInt(address.bits - prefixLength);
}

function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { bits: 32, value: numberOf(text.split(".").map(Number), 8) };
  // Zone indices (%eth0) have no meaning in a policy.
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const [head, tail] = text.split("::");
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return { bits: 128, value: numberOf([...before, ...zeros, ...after], 16) };
}

function groupsOf(text: string): readonly number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [parseInt(group, 16)];
    const [a, b, c, d] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function numberOf(groups: readonly number[], bitsPerGroup: number): bigint {
  return groups.reduce((value, group) => (value << BigInt(bitsPerGroup)) | BigInt(group), 0n);
}
