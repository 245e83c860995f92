/** What a figure is to reach. Missing it fails nothing: it says where to look. */
export interface Aim {
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

export const atLeast = (value: number): Aim => ({ is: 'at least', value });
export const atMost = (value: number): Aim => ({ is: 'at most', value });

/** Such as `≥ 1.00 × ✓`; empty without an aim. */
export function judge(aim: Aim | null, figure: number, write: (value: number) => string): string {
  if (aim === null) return '';
  const isMet = aim.is === 'at least' ? figure >= aim.value : figure <= aim.value;
  const sign = aim.is === 'at least' ? '≥' : '≤';
  const mark = Number.isNaN(figure) ? '?' : isMet ? '✓' : '✗';
  return `${sign} ${write(aim.value)} ${mark}`;
}
