import type { configurationSchema } from "../../server/src/gate/configuration.js";

export const schemaFile: string;
export function configurationJsonSchema(shape: typeof configurationSchema): Record<string, unknown>;
