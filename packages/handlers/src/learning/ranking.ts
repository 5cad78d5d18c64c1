/** Orders rows by score in linear time: every metric that ranks stands on this. */

const RADIX_BITS = 8;
const BUCKETS = 1 << RADIX_BITS;

/**
 * Row numbers by falling score; rows of one score keep their order.
 *
 * NaN (a missing value) comes last. -0 and 0 are one score.
 */
export function rankDescending(scores: Float32Array): Uint32Array<ArrayBuffer> {
  const rows = scores.length;
  // Rows as they came and as the pass before left them: a least-significant-digit radix sort on 3 x 11 bits.
  let keys = descendingKeys(scores);
  let order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  let nextKeys = new Uint32Array(rows);
  let nextOrder = new Uint32Array(rows);
  const starts = new Uint32Array(BUCKETS);
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    starts.fill(0);
    for (let place = 0; place < rows; place++) {
      const bucket = (keys[place]! >>> shift) & (BUCKETS - 1);
      starts[bucket]! += 1;
    }
    let start = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = starts[bucket]!;
      starts[bucket] = start;
      start += count;
    }
    for (let place = 0; place < rows; place++) {
      const key = keys[place]!;
      const bucket = (key >>> shift) & (BUCKETS - 1);
      const target = starts[bucket]!;
      starts[bucket] = target + 1;
      nextKeys[target] = key;
      nextOrder[target] = order[place]!;
    }
    [keys, nextKeys] = [nextKeys, keys];
    [order, nextOrder] = [nextOrder, order];
  }
  return order;
}

const SIGN = 0x8000_0000;
const INFINITY_BITS = 0x7f80_0000;

/** Unsigned integers that rise as the scores fall: IEEE 754 bits with the order of the negative ones mended. */
function descendingKeys(scores: Float32Array): Uint32Array<ArrayBuffer> {
  const keys = new Uint32Array(Float32Array.from(scores).buffer);
  for (let row = 0; row < keys.length; row++) {
    const bits = keys[row]!;
    const magnitude = bits & ~SIGN;
    const isNegative = bits >= SIGN && magnitude > 0;
    if (magnitude > INFINITY_BITS) keys[row] = 0xffff_ffff;
    else keys[row] = isNegative ? bits : ~magnitude & ~SIGN;
  }
  return keys;
}
