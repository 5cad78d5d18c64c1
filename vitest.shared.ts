import type { ViteUserConfig } from "vitest/config";

/**
 * What every package's tests share: they run from TypeScript source through the `@stepwright/source` export
 * condition, so that no package has to be built before another one is tested.
 */
// Otherwise what Node itself uses: behind "module" some packages have what only bundlers can read.
const sourceConditions = ["@stepwright/source", "node", "import", "default"];

export const sharedConfig: ViteUserConfig = {
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions, externalConditions: sourceConditions } },
  test: {
    include: ["{src,test,tutorial}/**/*.test.ts"],
    execArgv: ["--conditions=@stepwright/source"],
    // Only a test that hangs should be ended; how fast a machine is must not decide.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};
