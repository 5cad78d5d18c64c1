import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { SFN } from "@aws-sdk/client-sfn";
import { expectTypeOf } from "vitest";
import type { FunctionsClient } from "./functions/functions-client.ts";
import type { ScheduleClient } from "./schedule.ts";
import type { StatesClient } from "./states-client.ts";
import type { AlarmsClient } from "./version-health.ts";

expectTypeOf<SFN>().toExtend<StatesClient>();
expectTypeOf<Lambda>().toExtend<FunctionsClient>();
expectTypeOf<Scheduler>().toExtend<ScheduleClient>();
expectTypeOf<CloudWatch>().toExtend<AlarmsClient>();
