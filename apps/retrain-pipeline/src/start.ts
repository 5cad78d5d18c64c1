/** The entry of `npm start`. Compiled code is cached between runs: most of a repeated run is start-up. */
import { enableCompileCache } from "node:module";

enableCompileCache();
const { startCommand } = await import("./start-command.ts");
process.exitCode = await startCommand(process.argv.slice(2));
