import type { SFN } from "@aws-sdk/client-sfn";
import { expectTypeOf } from "vitest";
import type { StatesClient } from "./states-client.ts";

expectTypeOf<SFN>().toExtend<StatesClient>();
