/** What a user gets who installs the packages, without our sources and without the workspace. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, describe, expect, test } from "vitest";
import { installPackages, packPublicPackages, run, temporaryFolder } from "./packed-packages.ts";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const dslModules = fileURLToPath(new URL("../../packages/dsl/node_modules", import.meta.url));

const tarballs = temporaryFolder();
const packages = packPublicPackages(tarballs);
afterAll(() => rmSync(tarballs, { recursive: true, force: true }));

describe.each(packages)("$name", ({ tarball }) => {
  test("publishes what its manifest promises", async () => {
    const data = readFileSync(tarball);
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(data).buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has types that every resolution of ECMAScript modules finds", async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
    // CommonJS and the resolution of Node 10 are not served: the packages are ECMAScript modules only.
    const problems = (result.types === false ? [] : result.problems).filter(
      ({ kind, ...where }) =>
        kind !== "CJSResolvesToESM" && !("resolutionKind" in where && where.resolutionKind === "node10"),
    );
    expect(problems).toEqual([]);
  });
});

test("a new project generates, runs, type-checks and passes its own tests", () => {
  const project = temporaryFolder();
  try {
    installPackages(packages, project, {
      "@types/node": join(modules, "@types/node"),
      typescript: join(modules, "typescript"),
      vitest: join(modules, "vitest"),
      zod: join(dslModules, "zod"),
    });
    const stepwright = join(project, "node_modules/stepwright/dist/bin.js");
    const node = (...args: readonly string[]) => run(process.execPath, args, project);

    expect(node(stepwright, "init")).toContain("wrote package.json");
    expect(node(stepwright, "generate")).toContain("1 machine, 1 task");
    expect(existsSync(join(project, "generated/reserve-order.asl.json"))).toBe(true);
    expect(JSON.parse(node(stepwright, "run", "ReserveOrder", "--input", "order.json"))).toEqual([
      { sku: "BOLT-M6", reserved: true },
      { sku: "NUT-M6", reserved: false },
    ]);
    expect(node(join(modules, "typescript/bin/tsc"))).toBe("");
    expect(node(join(modules, "vitest/vitest.mjs"), "run")).toContain("2 passed");
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
