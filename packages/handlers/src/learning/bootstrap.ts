/** How sure it is that one model ranks better than another on the same rows. */
import { createRandom } from "./random.ts";
import { rankDescending } from "./ranking.ts";

export interface BootstrapInterval {
  /** Mean difference in PR-AUC over the replicates, candidate minus champion. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** 200 unless told: enough for the ends of a 95 % interval within a tenth of its width. */
  readonly replicates?: number;
  /** Share of the replicates inside the interval; 0.95 unless told. */
  readonly confidence?: number;
}

/**
 * Paired bootstrap of the difference in PR-AUC: each replicate draws rows with replacement and judges both models on
 * the same draw, so that a hard draw is hard for both.
 *
 * @throws {TypeError} when there is not one score a label
 * @throws {RangeError} when there is no positive row
 */
export function bootstrapPraucDifference(
  labels: Uint8Array,
  candidateScores: Float32Array,
  championScores: Float32Array,
  { seed, replicates = 200, confidence = 0.95 }: BootstrapOptions,
): BootstrapInterval {
  const rows = labels.length;
  if (candidateScores.length !== rows || championScores.length !== rows) {
    throw new TypeError(
      `${candidateScores.length} and ${championScores.length} scores for ${rows} labels: wanted one score a label.`,
    );
  }
  if (!labels.includes(1)) throw new RangeError("No positive row: wanted at least one to compare PR-AUC.");

  const random = createRandom(seed);
  const candidate = ranked(candidateScores, labels);
  const champion = ranked(championScores, labels);
  const draws = new Uint16Array(rows);
  const differences = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    do {
      draws.fill(0);
      for (let draw = 0; draw < rows; draw++) draws[random.nextBelow(rows)]! += 1;
      // A draw without a positive row has no PR-AUC.
    } while (!labels.some((label, row) => label === 1 && draws[row]! > 0));
    differences[replicate] = drawnPrauc(candidate, draws) - drawnPrauc(champion, draws);
  }
  differences.sort();
  const tail = (1 - confidence) / 2;
  return {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / replicates,
    lower: quantile(differences, tail),
    upper: quantile(differences, 1 - tail),
  };
}

/** Rows by falling score, ranked once for all replicates. */
interface Ranked {
  readonly order: Uint32Array;
  /** By place in the order. */
  readonly labels: Uint8Array;
  /** 1 where the next place has another score. */
  readonly endsTie: Uint8Array;
}

function ranked(scores: Float32Array, labels: Uint8Array): Ranked {
  const order = rankDescending(scores);
  const endsTie = new Uint8Array(order.length);
  const ordered = new Uint8Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const next = order[place + 1];
    endsTie[place] = next === undefined || scores[next] !== scores[order[place]!] ? 1 : 0;
    ordered[place] = labels[order[place]!]!;
  }
  return { order, labels: ordered, endsTie };
}

function drawnPrauc({ order, labels, endsTie }: Ranked, draws: Uint16Array): number {
  let area = 0;
  let seen = 0;
  let positives = 0;
  let tiedPositives = 0;
  for (let place = 0; place < order.length; place++) {
    const count = draws[order[place]!]!;
    seen += count;
    tiedPositives += labels[place]! * count;
    if (endsTie[place] === 1 && tiedPositives > 0) {
      positives += tiedPositives;
      area += tiedPositives * (positives / seen);
      tiedPositives = 0;
    }
  }
  return area / positives;
}

/** Between the two nearest order statistics, linearly. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.ceil(place)]!;
  return low + (high - low) * (place - below);
}
