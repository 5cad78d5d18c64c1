/** Which merchants can be chosen in a given week, and how likely each is. */
import { pickWeighted } from "./chance.ts";
import type { Chance } from "./chance.ts";
import { activityOf, runningTotals } from "./population.ts";
import type { Merchant } from "./population.ts";

export interface Marketplace {
  readonly online: Stalls;
  readonly districts: readonly Stalls[];
}

interface Stalls {
  readonly merchants: readonly number[];
  readonly totals: Float64Array;
}

export function marketplaceOn(day: number, merchants: readonly Merchant[], districts: number): Marketplace {
  const places = merchants.map((merchant, index) => ({
    merchant,
    index,
    weight: merchant.popularity * activityOf(merchant, day),
  }));
  const open = places.filter((place) => place.weight > 0);
  const stalls = (chosen: typeof open): Stalls => ({
    merchants: chosen.map((place) => place.index),
    totals: runningTotals(chosen.map((place) => place.weight)),
  });
  return {
    online: stalls(open.filter((place) => place.merchant.digital)),
    districts: Array.from({ length: districts }, (_, district) =>
      stalls(open.filter((place) => !place.merchant.digital && place.merchant.district === district)),
    ),
  };
}

/** A merchant's number, or `undefined` where nobody is open. @param district `undefined` for online */
export function chooseMerchant(chance: Chance, market: Marketplace, district: number | undefined): number | undefined {
  const stalls = district === undefined ? market.online : market.districts[district];
  if (stalls === undefined || stalls.merchants.length === 0) return undefined;
  return stalls.merchants[pickWeighted(chance, stalls.totals)];
}
