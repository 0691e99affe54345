import * as v from "valibot";

/** Reads what comes from a client with care: undefined for anything that is not as the schema says. */
export function readerOf<Output>(
  schema: v.GenericSchema<unknown, Output>,
): (value: unknown) => Output | undefined {
  return (value) => {
    const result = v.safeParse(schema, value);
    return result.success ? result.output : undefined;
  };
}
