/** The page that was asked for; the first where none was. */
export function pageOf({ cursor }: { readonly cursor: string | undefined }): { cursor?: string } {
  return cursor === undefined || cursor === '' ? {} : { cursor };
}
