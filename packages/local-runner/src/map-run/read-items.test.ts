import type { ReaderConfig } from "@stepwright/asl";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryObjects } from "./memory-objects.ts";
import { objectFolder } from "./object-folder.ts";
import type { ObjectStore } from "./object-store.ts";
import { readItems } from "./read-items.ts";

async function collect<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function itemsOf(
  store: ObjectStore,
  config: ReaderConfig,
  { action = "getObject", parameters = { Bucket: "b", Key: "k" }, maxItems = undefined as number | undefined } = {},
) {
  const request = { stateName: "S", action, parameters, config, maxItems, from: 0 };
  return collect(readItems(request, store));
}

const valuesOf = async (...args: Parameters<typeof itemsOf>) => (await itemsOf(...args)).map(({ value }) => value);

const object = (content: string | Uint8Array, key = "k") => memoryObjects({ b: { [key]: content } });

describe("CSV", () => {
  test("a short row has empty texts, a long one loses the rest", async () => {
    const config = { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" } as const;
    expect(await valuesOf(object("a,b\n1\n1,2,3\n\n"), config)).toEqual([
      { a: "1", b: "" },
      { a: "1", b: "2" },
      { a: "", b: "" },
    ]);
  });

  test("delimiters, quotes, line ends and the byte order mark", async () => {
    const config = { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", CSVDelimiter: "PIPE" } as const;
    expect(await valuesOf(object('\uFEFFa|b\r\n"x|""y"|2\r\n'), config)).toEqual([{ a: 'x|"y', b: "2" }]);
  });

  test("given headers must be different ones", async () => {
    const config = { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["a", "a"] } as const;
    await expect(valuesOf(object("1,2"), config)).rejects.toThrow("CSV headers cannot contain duplicates.");
  });

  test("a header named __proto__ is a header", async () => {
    const [row] = await valuesOf(object("1"), {
      InputType: "CSV",
      CSVHeaderLocation: "GIVEN",
      CSVHeaders: ["__proto__"],
    });
    expect(Object.entries(row!)).toEqual([["__proto__", "1"]]);
  });
});

describe("JSON", () => {
  test("an object's members are items with keys", async () => {
    expect(await itemsOf(object('{"x":1}'), { InputType: "JSON" })).toEqual([
      { key: "x", value: 1, source: "S3://b/k" },
    ]);
  });

  test("a pointer leads to the items", async () => {
    const store = object('{"a/b":{"~":[[1],[2]]}}');
    expect(await valuesOf(store, { InputType: "JSON", ItemsPointer: "/a~1b/~0" })).toEqual([[1], [2]]);
    await expect(valuesOf(store, { InputType: "JSON", ItemsPointer: "/toString" })).rejects.toThrow(
      "The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.",
    );
  });
});

describe("JSON lines", () => {
  test("a line is an item, however the chunks are cut", async () => {
    const bytes = Buffer.from('{"a":"é"}\n\n2\r\n"last"');
    const store: ObjectStore = {
      ...object(""),
      read: async () =>
        (async function* () {
          for (const byte of bytes) yield Uint8Array.of(byte);
        })(),
    };
    expect(await valuesOf(store, { InputType: "JSONL" })).toEqual([{ a: "é" }, 2, "last"]);
  });

  test("compressed by gzip", async () => {
    const parameters = { Bucket: "b", Key: "k.jsonl.gz" };
    expect(await valuesOf(object(gzipSync("1\n2"), "k.jsonl.gz"), { InputType: "JSONL" }, { parameters })).toEqual([
      1, 2,
    ]);
  });

  test("a broken line is named", async () => {
    await expect(valuesOf(object("1\n{"), { InputType: "JSONL" })).rejects.toThrow("Line 2 of the dataset is not JSON");
  });
});

test("Parquet rows are objects of JSON values", async () => {
  const file = parquetWriteBuffer({
    columnData: [
      { name: "id", data: [1n, 2n], type: "INT64" },
      { name: "name", data: ["a", "b"], type: "STRING" },
    ],
  });
  expect(await valuesOf(object(new Uint8Array(file)), { InputType: "PARQUET" })).toEqual([
    { id: 1, name: "a" },
    { id: 2, name: "b" },
  ]);
  await expect(valuesOf(object("no"), { InputType: "PARQUET" })).rejects.toThrow("cannot be read as Parquet");
});

describe("manifests", () => {
  test("an Athena manifest names the files", async () => {
    const store = memoryObjects({
      b: { k: "s3://d/1.jsonl\ns3://d/2.jsonl\n" },
      d: { "1.jsonl": "1", "2.jsonl": "2" },
    });
    expect(await valuesOf(store, { InputType: "JSONL", ManifestType: "ATHENA_DATA" })).toEqual([1, 2]);
  });

  test("an inventory's rows are items", async () => {
    const manifest = { fileFormat: "CSV", fileSchema: "Bucket, Key", files: [{ key: "inventory.csv.gz" }] };
    const store = memoryObjects({ b: { k: JSON.stringify(manifest), "inventory.csv.gz": gzipSync('"x","y"\n') } });
    expect(await valuesOf(store, { InputType: "MANIFEST" })).toEqual([{ Bucket: "x", Key: "y" }]);
  });
});

describe("listings", () => {
  const store = memoryObjects({ b: { "p/2.json": "[2]", "p/1.json": "[1]", q: "" } });
  const listing = { action: "listObjectsV2", parameters: { Bucket: "b", Prefix: "p/" } as never };

  test("objects are items, in the order of their keys", async () => {
    const items = await itemsOf(store, {}, listing);
    expect(items.map(({ source }) => source)).toEqual(["S3://b", "S3://b"]);
    expect(items.map(({ value }) => value)).toMatchObject([
      { Key: "p/1.json", Size: 3, StorageClass: "STANDARD" },
      { Key: "p/2.json", Size: 3 },
    ]);
  });

  test("LOAD_AND_FLATTEN gives the objects' items", async () => {
    expect(await valuesOf(store, { InputType: "JSON", Transformation: "LOAD_AND_FLATTEN" }, listing)).toEqual([1, 2]);
  });
});

test("MaxItems ends the reading; 0 is no limit, a negative one an error", async () => {
  const store = object("[1,2,3]");
  expect(await valuesOf(store, { InputType: "JSON" }, { maxItems: 2 })).toEqual([1, 2]);
  expect(await valuesOf(store, { InputType: "JSON" }, { maxItems: 0 })).toEqual([1, 2, 3]);
  await expect(valuesOf(store, { InputType: "JSON" }, { maxItems: -1 })).rejects.toThrow(
    "field MaxItems must be positive",
  );
});

describe("a folder that stands for S3", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stepwright-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("gives back what was written into it", async () => {
    const store = objectFolder(folder);
    const writer = await store.write("b", "deep/k");
    await writer.write("[1,");
    await writer.write("2]");
    expect(await writer.close()).toBe(5);
    expect(await valuesOf(store, { InputType: "JSON" }, { parameters: { Bucket: "b", Key: "deep/k" } })).toEqual([
      1, 2,
    ]);
    expect(await collect(store.list("b", "de"))).toMatchObject([{ key: "deep/k", sizeBytes: 5 }]);
    expect(await collect(store.list("none", ""))).toEqual([]);
  });

  test.each([
    ["..", "k"],
    ["b", "../../k"],
  ])("does not lead out: %s, %s", async (bucket, key) => {
    await expect(objectFolder(folder).read(bucket, key)).rejects.toThrow("outside");
  });

  test("a missing object fails the run, not the process", async () => {
    await expect(valuesOf(objectFolder(folder), {})).rejects.toThrow("There is no object s3://b/k.");
  });
});
