import { expect, test } from "vitest";
import { computeInPieces, mapInOrder } from "./in-order.ts";

test("work begins when the work before it is done, and stops at the first failure", async () => {
  const events: string[] = [];
  const work = async (name: string, index: number) => {
    events.push(`${name} begins`);
    await Promise.resolve();
    if (name === "c") throw new Error("c failed");
    events.push(`${name} ends`);
    return `${name}${index}`;
  };
  expect(await mapInOrder(["a", "b"], work)).toEqual(["a0", "b1"]);
  await expect(mapInOrder(new Set(["c", "d"]), work)).rejects.toThrow("c failed");
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins"]);
});

test("between two pieces of computing the others get their turn", async () => {
  const events: string[] = [];
  const other = setInterval(() => events.push("other"), 0);
  await computeInPieces(["a", "b"], (piece) => {
    events.push(piece);
    const until = performance.now() + 3;
    while (performance.now() < until);
  });
  clearInterval(other);
  expect(events.slice(events.indexOf("a"), events.indexOf("b") + 1)).toEqual(["a", "other", "b"]);
});
