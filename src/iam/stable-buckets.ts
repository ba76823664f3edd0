import { createHash } from "node:crypto";

/** Something that takes room in a bucket. */
export interface Item {
  /** Distinct among the items; it alone decides where the item goes while there is room. */
  readonly key: string;
  /** At least 1. */
  readonly size: number;
}

/** Where the items went. */
export interface Buckets {
  /** The keys of each bucket, in no particular order. */
  readonly buckets: readonly (readonly string[])[];
  /** The room that each bucket has left. */
  readonly free: readonly number[];
  /** Keys of items that fit nowhere. */
  readonly leftOver: readonly string[];
}

interface Placed {
  readonly item: Item;
  /** Decides who comes first where room is short. */
  readonly turn: number;
  readonly seed: number;
}

/**
 * Distributes items over `count` buckets of one capacity so that a small change stays small:
 *
 * - Every item has an order of preference among the buckets (rendezvous hashing), which follows from
 *   its key alone. A further bucket takes its share from all others and moves nothing between them.
 * - Items take turns in an order that follows from their keys alone, and each goes to the bucket it
 *   prefers among those still open. A bucket closes for good when the first item does not fit. So a
 *   further item only ever pushes others towards buckets that they prefer less, and only those
 *   for which their bucket now closes earlier; about one item for each bucket on the way to one that
 *   stays open.
 * - Items that find all buckets closed fill what is left, with the same preference.
 *
 * The order of `items` does not matter. Takes time in proportion to items times buckets.
 */
export function distribute(items: readonly Item[], count: number, capacity: number): Buckets {
  const buckets: string[][] = Array.from({ length: count }, () => []);
  const free = buckets.map(() => capacity);
  const open = buckets.map(() => true);
  const late: Placed[] = [];
  const put = (bucket: number, item: Item): void => {
    buckets[bucket].push(item.key);
    free[bucket] -= item.size;
  };

  for (const placed of inTurn(items)) {
    const { item } = placed;
    let bucket = preferred(placed, (candidate) => open[candidate], count);
    while (bucket !== undefined && free[bucket] < item.size) {
      open[bucket] = false;
      bucket = preferred(placed, (candidate) => open[candidate], count);
    }
    if (bucket === undefined) late.push(placed);
    else put(bucket, item);
  }

  const leftOver: string[] = [];
  for (const placed of late) {
    const { item } = placed;
    const bucket = preferred(placed, (candidate) => free[candidate] >= item.size, count);
    if (bucket === undefined) leftOver.push(item.key);
    else put(bucket, item);
  }
  return { buckets, free, leftOver };
}

/** The hash is a cryptographic one because role ARNs differ by few characters, and often by digits. */
function inTurn(items: readonly Item[]): readonly Placed[] {
  return items
    .map((item) => {
      const digest = createHash("sha256").update(item.key).digest();
      return { item, turn: digest.readUInt32BE(0), seed: digest.readUInt32BE(4) };
    })
    .sort((a, b) => a.turn - b.turn || (a.item.key < b.item.key ? -1 : 1));
}

/** The bucket that an item prefers among those that are eligible. */
function preferred(
  placed: Placed,
  eligible: (bucket: number) => boolean,
  count: number,
): number | undefined {
  let best: number | undefined;
  let bestScore = -1;
  for (let bucket = 0; bucket < count; bucket++) {
    if (!eligible(bucket)) continue;
    const score = mix(placed.seed ^ mix(bucket + 1));
    if (score > bestScore) {
      best = bucket;
      bestScore = score;
    }
  }
  return best;
}

/** The finalizer of MurmurHash3: every bit of the input changes about half of the output's. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
