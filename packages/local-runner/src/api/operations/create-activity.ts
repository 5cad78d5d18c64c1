import { isValidName, printStatesArn } from "@stepwright/asl";
import { defaultEncryption } from "../machine-settings.ts";
import { changing } from "../operation.ts";
import { optionalObject, seconds, textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";
import { tagsOf } from "../tags.ts";

/** Idempotent by name. */
export const createActivity = changing(({ nowEpochMs, state }, request) => {
  const name = textOf(request, "name");
  if (!isValidName(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  const encryptionConfiguration = optionalObject(request, "encryptionConfiguration") ?? defaultEncryption;
  const arn = printStatesArn({ ...state.home, kind: "activity", name });
  const known = state.activities.get(arn);
  if (known === undefined) {
    const tags = tagsOf(request, arn);
    state.activities.set(arn, { arn, name, createdAtEpochMs: nowEpochMs, encryptionConfiguration, tags });
  } else if (JSON.stringify(known.encryptionConfiguration) !== JSON.stringify(encryptionConfiguration)) {
    throw new ServiceError("ActivityAlreadyExists", `Activity Already Exists: '${arn}'`);
  }
  return { activityArn: arn, creationDate: seconds(known?.createdAtEpochMs ?? nowEpochMs) };
});
