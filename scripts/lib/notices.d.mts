/** The part of esbuild's metafile that is read. */
export interface BundleOutputs {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

export function thirdPartyNotices(
  root: string,
  metafiles: readonly BundleOutputs[],
  copied: readonly string[],
): Promise<string>;
