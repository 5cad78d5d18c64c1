import { expect, test } from "vitest";
import { Datasets } from "./datasets.ts";
import type { ItemReadRequest } from "./item-source.ts";
import { memoryObjects } from "./memory-objects.ts";
import type { ObjectStore } from "./object-store.ts";

const request: ItemReadRequest = {
  stateName: "Each",
  action: "getObject",
  parameters: { Bucket: "data", Key: "k" },
  config: { InputType: "JSONL" },
  maxItems: undefined,
  from: 0,
};

test("a reading goes on after the items that were handed over", async () => {
  const datasets = new Datasets(memoryObjects({ data: { k: "1\n2\n3\n" } }));
  const items = [{ value: 3, source: "S3://data/k" }];
  expect(await datasets.read(1, { ...request, from: 2 })).toEqual({ status: "read", items, isLast: true });
});

test("a reading that is closed before it began opens no object", async () => {
  const opened: string[] = [];
  const objects: ObjectStore = {
    ...memoryObjects({ data: { k: "1" } }),
    async read(_bucket, key) {
      opened.push(key);
      return undefined;
    },
  };
  const datasets = new Datasets(objects);
  const reading = datasets.read(1, request);
  datasets.close(1);
  expect(await reading).toEqual({ status: "read", items: [], isLast: true });
  expect(opened).toEqual([]);
});
