/**
 * A day of the payment world: who tries to pay what, what the issuer says, what turns out to be fraud, and what is
 * disputed later. Nothing here knows of tables or files.
 */
import { between, chanceOf, exponential, happens, logistic, normal, poisson } from "./chance.ts";
import type { Chance } from "./chance.ts";
import { chooseMerchant } from "./marketplace.ts";
import type { Marketplace } from "./marketplace.ts";
import { activityOf, categories, issuers } from "./population.ts";
import type { Customer, Merchant } from "./population.ts";

export interface Attempt {
  readonly customer: number;
  readonly merchant: number;
  /** Seconds since the world's first midnight. */
  readonly second: number;
  readonly amountCents: number;
  readonly cardNotPresent: boolean;
  readonly threeDs: boolean;
  readonly crossBorder: boolean;
  readonly approved: boolean;
  /** When the fraud was confirmed, for an approved payment that was one. */
  readonly fraudReportedSecond: number | undefined;
  readonly chargebackSecond: number | undefined;
}

/** Frauds that go on for days. The only state that passes from one day to the next. */
export interface Underworld {
  /** Customer or merchant number to the day on which it ends. */
  readonly takenOver: Map<number, number>;
  readonly compromised: Map<number, number>;
}

export interface WorldOnDay {
  readonly seed: number;
  readonly day: number;
  readonly customers: readonly Customer[];
  readonly merchants: readonly Merchant[];
  readonly market: Marketplace;
  readonly underworld: Underworld;
}

const secondsPerDay = 86_400;
/** Saturday is the busiest; the world begins on a Sunday. */
const weekdayActivity = [0.85, 0.92, 0.95, 0.97, 1.02, 1.14, 1.15];

/** In the order of time, then of drawing. */
export function attemptsOfDay(world: WorldOnDay): readonly Attempt[] {
  const chance = chanceOf(world.seed, "day", world.day);
  const scene: Scene = { ...world, chance, outages: issuerOutages(world.seed, world.day), months: world.day / 30 };
  spreadFraud(scene);
  const attempts: Attempt[] = [];
  const activity = weekdayActivity[world.day % 7] ?? 1;
  world.customers.forEach((customer, index) => {
    const payments = poisson(chance, customer.paymentsPerDay * activity);
    for (let payment = 0; payment < payments; payment++) add(attempts, ordinaryAttempt(scene, customer, index));
    if (world.underworld.takenOver.has(index)) {
      const thefts = poisson(chance, 3.5);
      for (let theft = 0; theft < thefts; theft++) add(attempts, theftAttempt(scene, customer, index));
    }
  });
  return attempts.toSorted((left, right) => left.second - right.second);
}

interface Scene extends WorldOnDay {
  readonly chance: Chance;
  readonly outages: readonly number[];
  /** Since the beginning; habits and fraud drift with it. */
  readonly months: number;
}

function add(attempts: Attempt[], attempt: Attempt | undefined): void {
  if (attempt !== undefined) attempts.push(attempt);
}

function spreadFraud(scene: Scene): void {
  const { chance, day, underworld, customers } = scene;
  for (const hidden of [underworld.takenOver, underworld.compromised]) {
    for (const [who, endDay] of hidden) if (endDay <= day) hidden.delete(who);
  }
  const takeovers = poisson(chance, customers.length * 0.0005 * (1 + 0.04 * scene.months));
  for (let takeover = 0; takeover < takeovers; takeover++) {
    underworld.takenOver.set(chance.nextBelow(customers.length), day + 3 + chance.nextBelow(8));
  }
  const compromises = poisson(chance, customers.length * 0.00025);
  for (let compromise = 0; compromise < compromises; compromise++) {
    const district = happens(chance, 0.4) ? undefined : chance.nextBelow(scene.market.districts.length);
    const merchant = chooseMerchant(chance, scene.market, district);
    if (merchant !== undefined) underworld.compromised.set(merchant, day + 14 + chance.nextBelow(15));
  }
}

/** Nine days in ten an issuer has none; then its systems decline what they should not. */
function issuerOutages(seed: number, day: number): readonly number[] {
  return Array.from({ length: issuers }, (_, issuer) => {
    const spell = chanceOf(seed, "issuer-day", Math.floor(day / 4) * issuers + issuer);
    return happens(spell, 0.1) ? between(spell, 0.8, 2) : 0;
  });
}

function ordinaryAttempt(scene: Scene, customer: Customer, customerIndex: number): Attempt | undefined {
  const { chance } = scene;
  const online = happens(chance, Math.min(0.9, customer.onlineShare * (1 + 0.02 * scene.months)));
  const merchantIndex = chooseMerchant(chance, scene.market, online ? undefined : customer.district);
  const merchant = merchantIndex === undefined ? undefined : scene.merchants[merchantIndex];
  if (merchantIndex === undefined || merchant === undefined) return undefined;
  const skimmed = scene.underworld.compromised.has(merchantIndex) && happens(chance, 0.6);
  const cardNotPresent = merchant.digital;
  const threeDs = cardNotPresent && happens(chance, 0.5 + 0.02 * scene.months);
  const crossBorder = customer.foreign !== merchant.foreign;
  const price = categories[merchant.category]?.price ?? 1;
  const inflation = 1 + 0.01 * scene.months;
  const amount = customer.meanAmountCents * price * inflation * Math.exp(0.5 * normal(chance)) * (skimmed ? 2.4 : 1);
  const opportunity =
    -8.6 + (cardNotPresent && !threeDs ? 1.6 : 0) + (crossBorder ? 1.2 : 0) + 2 * (1 - merchant.quality);
  return settle(scene, {
    customer,
    customerIndex,
    merchant,
    merchantIndex,
    second: secondOfDay(chance),
    amount,
    cardNotPresent,
    threeDs,
    crossBorder,
    fraud: skimmed || happens(chance, logistic(opportunity)),
  });
}

/** A thief with a stolen card: mostly online, dear, at night, and rarely with a second factor. */
function theftAttempt(scene: Scene, customer: Customer, customerIndex: number): Attempt | undefined {
  const { chance } = scene;
  const online = happens(chance, 0.85);
  const merchantIndex = chooseMerchant(
    chance,
    scene.market,
    online ? undefined : chance.nextBelow(scene.market.districts.length),
  );
  const merchant = merchantIndex === undefined ? undefined : scene.merchants[merchantIndex];
  if (merchantIndex === undefined || merchant === undefined) return undefined;
  const price = categories[merchant.category]?.price ?? 1;
  return settle(scene, {
    customer,
    customerIndex,
    merchant,
    merchantIndex,
    second: happens(chance, 0.5) ? Math.floor(between(chance, 0, 5 * 3_600)) : secondOfDay(chance),
    amount: customer.meanAmountCents * price * between(chance, 2, 7),
    cardNotPresent: merchant.digital,
    threeDs: merchant.digital && happens(chance, 0.08),
    crossBorder: customer.foreign !== merchant.foreign || happens(chance, 0.3),
    fraud: true,
  });
}

interface Draft {
  readonly customer: Customer;
  readonly customerIndex: number;
  readonly merchant: Merchant;
  readonly merchantIndex: number;
  readonly second: number;
  readonly amount: number;
  readonly cardNotPresent: boolean;
  readonly threeDs: boolean;
  readonly crossBorder: boolean;
  readonly fraud: boolean;
}

function settle(scene: Scene, draft: Draft): Attempt {
  const { chance } = scene;
  const approved = !happens(chance, logistic(declineScore(scene, draft)));
  const second = scene.day * secondsPerDay + draft.second;
  const reported = draft.fraud && approved && happens(chance, 0.95);
  const disputed = approved && happens(chance, logistic(disputeScore(scene, draft)));
  return {
    customer: draft.customerIndex,
    merchant: draft.merchantIndex,
    second,
    amountCents: Math.max(50, Math.round(draft.amount)),
    cardNotPresent: draft.cardNotPresent,
    threeDs: draft.threeDs,
    crossBorder: draft.crossBorder,
    approved,
    fraudReportedSecond: reported ? second + delaySeconds(chance, 1, 4.5, 21) : undefined,
    chargebackSecond: disputed ? second + delaySeconds(chance, 5, 12, 90) : undefined,
  };
}

function declineScore(scene: Scene, draft: Draft): number {
  const dearness = Math.log(draft.amount / draft.customer.meanAmountCents);
  return (
    -4.6 +
    draft.customer.strain +
    draft.merchant.declineBias +
    (scene.outages[draft.customer.issuer] ?? 0) +
    0.15 * (draft.customer.issuer - issuers / 2) +
    (draft.crossBorder ? 0.9 : 0) +
    (draft.cardNotPresent ? 0.5 : 0) -
    (draft.threeDs ? 0.5 : 0) +
    0.5 * dearness +
    (draft.fraud ? 1 : 0)
  );
}

function disputeScore(scene: Scene, draft: Draft): number {
  return (
    -5.9 +
    (draft.merchant.digital ? 3.6 : 1.8) * (1 - draft.merchant.quality) +
    (draft.customer.disputer ? 2.6 : 0) +
    2 * (1 - activityOf(draft.merchant, scene.day)) +
    (draft.cardNotPresent ? 0.9 : 0) -
    (draft.threeDs ? 0.5 : 0) +
    0.35 * Math.log(draft.amount / 3_500) +
    (draft.fraud ? 2.5 : 0)
  );
}

/** Lunch and early evening, with some around the clock. */
function secondOfDay(chance: Chance): number {
  const part = chance.nextFloat();
  if (part < 0.12) return chance.nextBelow(secondsPerDay);
  const [peakHour, spreadHours] = part < 0.55 ? [12.6, 2.1] : [18.7, 1.8];
  const second = Math.floor((peakHour + spreadHours * normal(chance)) * 3_600);
  return Math.min(secondsPerDay - 1, Math.max(0, second));
}

function delaySeconds(chance: Chance, leastDays: number, meanMoreDays: number, mostDays: number): number {
  return Math.floor(Math.min(mostDays, leastDays + exponential(chance, meanMoreDays)) * secondsPerDay);
}
