/** The entries of Retry and Catch, for the rules that look at the errors they name. */
import { isJsonArray, isJsonObject } from "../../json.ts";
import type { JsonObject } from "../../json.ts";
import { placeIn } from "../../place.ts";
import type { Place } from "../../place.ts";
import type { WalkedState } from "../../walk.ts";

export interface ErrorHandler {
  readonly field: "Retry" | "Catch";
  readonly value: JsonObject;
  readonly place: Place;
  /** Whatever in `ErrorEquals` is text. */
  readonly errors: readonly string[];
  readonly isLast: boolean;
}

export function errorHandlersOf({ value, place }: WalkedState, field: "Retry" | "Catch"): readonly ErrorHandler[] {
  const list = Object.hasOwn(value, field) ? value[field] : undefined;
  if (!isJsonArray(list)) return [];
  const listPlace = placeIn(place, field);
  const handlers: ErrorHandler[] = [];
  list.forEach((item, index) => {
    if (!isJsonObject(item)) return;
    const names = Object.hasOwn(item, "ErrorEquals") ? item["ErrorEquals"] : undefined;
    const errors = isJsonArray(names) ? names.filter((name) => typeof name === "string") : [];
    const isLast = index === list.length - 1;
    handlers.push({ field, value: item, place: placeIn(listPlace, index), errors, isLast });
  });
  return handlers;
}
