import fc from "fast-check";
import { expect, test } from "vitest";
import { Queue } from "./queue.ts";

const action = fc.oneof(
  { weight: 5, arbitrary: fc.constant("push" as const) },
  { weight: 4, arbitrary: fc.constant("shift" as const) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }) },
);

test("does what a list does", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
      const queue = new Queue<{ readonly n: number }>();
      const list: { readonly n: number }[] = [];
      const taken: unknown[] = [];
      const expected: unknown[] = [];
      for (const [n, what] of actions.entries()) {
        if (what === "push") {
          const item = { n };
          queue.push(item);
          list.push(item);
        } else if (what === "shift") {
          taken.push(queue.shift());
          expected.push(list.shift());
        } else if (list[what] !== undefined) {
          queue.remove(list[what]);
          list.splice(what, 1);
        }
      }
      for (const item of [...list, undefined]) {
        taken.push(queue.shift());
        expected.push(item);
      }
      expect(taken).toEqual(expected);
    }),
  );
});

test("keeps the order over a long life", () => {
  const queue = new Queue<{ readonly n: number }>();
  let next = 0;
  for (let n = 0; n < 10_000; n += 1) {
    queue.push({ n });
    if (n % 3 === 0) continue;
    expect(queue.shift()).toEqual({ n: next });
    next += 1;
  }
  for (; next < 10_000; next += 1) expect(queue.shift()).toEqual({ n: next });
  expect(queue.shift()).toBeUndefined();
});
