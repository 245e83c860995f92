/**
 * What of an e-mail address everybody may see, `a` and `example.com`: enough to recognise an address that one knows, not enough to learn
 * it. Null for what is none; `first` is empty where it would be the whole of the name.
 */
export function visibleParts(email: string): { readonly first: string; readonly domain: string } | null {
  const at = email.lastIndexOf('@');
  if (at < 1) return null;
  const [first = ''] = [...email];
  return { first: at > 1 ? first : '', domain: email.slice(at + 1) };
}
