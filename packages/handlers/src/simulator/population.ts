/** Who pays whom: customers, merchants and their life-cycle. Each one follows from the seed and its own number. */
import { between, chanceOf, exponential, happens, normal, pickWeighted } from "./chance.ts";

export interface Customer {
  readonly district: number;
  readonly issuer: number;
  readonly foreign: boolean;
  readonly meanAmountCents: number;
  readonly paymentsPerDay: number;
  readonly onlineShare: number;
  /** Raises the score of being declined: an account that is often empty. */
  readonly strain: number;
  /** Disputes what others would accept. */
  readonly disputer: boolean;
}

export interface Merchant {
  readonly category: number;
  readonly digital: boolean;
  readonly foreign: boolean;
  readonly district: number;
  readonly popularity: number;
  /** 0 to 1; poor merchants earn chargebacks. */
  readonly quality: number;
  readonly declineBias: number;
  /** Days since the world's first; negative for those that were there before. */
  readonly openDay: number;
  readonly fadeDay: number;
  readonly closeDay: number;
}

/** Merchant category codes with how common they are, how their prices compare, and how much of it is online. */
export const categories = [
  { code: 5411, share: 0.2, price: 0.9, online: 0.08 },
  { code: 5812, share: 0.16, price: 0.7, online: 0.1 },
  { code: 5541, share: 0.08, price: 1.1, online: 0.0 },
  { code: 5651, share: 0.1, price: 1.4, online: 0.4 },
  { code: 5732, share: 0.06, price: 3.2, online: 0.5 },
  { code: 5912, share: 0.08, price: 0.6, online: 0.15 },
  { code: 5942, share: 0.06, price: 0.5, online: 0.5 },
  { code: 7922, share: 0.05, price: 1.5, online: 0.8 },
  { code: 4722, share: 0.04, price: 5.5, online: 0.8 },
  { code: 5816, share: 0.07, price: 0.4, online: 1.0 },
  { code: 5967, share: 0.04, price: 0.8, online: 1.0 },
  { code: 7230, share: 0.06, price: 0.8, online: 0.0 },
] as const;

const categoryTotals = runningTotals(categories.map((category) => category.share));

export const issuers = 8;
const customersPerDistrict = 60;
const merchantsPerCustomer = 1.2;
/** Two and a half merchants in a hundred give up in a month, and as many open. */
const closingsPerMerchantAndDay = 0.025 / 30;

export function districtsOf(customers: number): number {
  return Math.max(1, Math.round(customers / customersPerDistrict));
}

export function customerOf(seed: number, index: number, districts: number): Customer {
  const chance = chanceOf(seed, "customer", index);
  return {
    district: chance.nextBelow(districts),
    issuer: chance.nextBelow(issuers),
    foreign: happens(chance, 0.05),
    meanAmountCents: 3_500 * Math.exp(0.55 * normal(chance)),
    paymentsPerDay: between(chance, 0.2, 2.8),
    onlineShare: between(chance, 0.05, 0.55),
    strain: 0.9 * normal(chance),
    disputer: happens(chance, 0.04),
  };
}

/** Merchants that exist at the end of a day, open or closed. */
export function merchantsUntil(day: number, customers: number): number {
  const initial = Math.ceil(customers * merchantsPerCustomer);
  return initial + Math.floor((day + 1) * initial * closingsPerMerchantAndDay);
}

export function merchantOf(seed: number, index: number, customers: number): Merchant {
  const chance = chanceOf(seed, "merchant", index);
  const initial = Math.ceil(customers * merchantsPerCustomer);
  const category = pickWeighted(chance, categoryTotals);
  const digital = happens(chance, categories[category]?.online ?? 0);
  const openDay =
    index < initial
      ? -Math.ceil(between(chance, 30, 1_200))
      : Math.ceil((index - initial + 1) / (initial * closingsPerMerchantAndDay)) - 1;
  const fadeDay = Math.max(0, openDay) + Math.ceil(exponential(chance, 1 / closingsPerMerchantAndDay));
  return {
    category,
    digital,
    foreign: digital && happens(chance, 0.2),
    district: chance.nextBelow(districtsOf(customers)),
    popularity: Math.exp(0.8 * normal(chance)),
    quality: Math.sqrt(chance.nextFloat()),
    declineBias: 0.5 * normal(chance),
    openDay,
    fadeDay,
    closeDay: fadeDay + Math.ceil(between(chance, 25, 60)),
  };
}

/** 1 for a merchant in full trade, 0 before it opens and after it closed, between while it fades. */
export function activityOf(merchant: Merchant, day: number): number {
  if (day < merchant.openDay || day >= merchant.closeDay) return 0;
  if (day < merchant.fadeDay) return 1;
  return (merchant.closeDay - day) / (merchant.closeDay - merchant.fadeDay);
}

export function runningTotals(weights: readonly number[]): Float64Array {
  let total = 0;
  return Float64Array.from(weights, (weight) => (total += weight));
}
