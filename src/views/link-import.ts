import { importWords } from '../locales/en/link-import.ts';
import { join, mention, type Text, text, untrusted } from '../locales/text.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { Block, View } from './view.ts';

/** An account with the Discord user that its panel holds. */
export interface HeldLinkFacts {
  readonly username: string;
  readonly userId: string;
}

type Verdict = keyof typeof importWords.found;

export interface ImportPreviewFacts {
  readonly panel: { readonly id: string; readonly label: string };
  readonly proves: boolean;
  readonly readAt: Date | null;
  readonly found: Readonly<
    Partial<Record<Verdict, { readonly count: number; readonly first: readonly HeldLinkFacts[] }>>
  >;
}

/** In the order in which they are told, those with examples apart from the plain numbers. */
const VERDICTS: readonly Verdict[] = [
  'free',
  'linked',
  'own',
  'account_taken',
  'member_taken',
  'shared',
  'removed',
  'protected',
];
const TOLD_BY_NAME: ReadonlySet<Verdict> = new Set(['account_taken', 'member_taken', 'shared', 'removed', 'protected']);
/** So many are named. */
const NAMED = 3;

/** What an import would do; *Import* does it. */
export function importPreviewView({ panel, proves, readAt, found }: ImportPreviewFacts): View<'private'> {
  const told = VERDICTS.flatMap((verdict) => {
    const kind = found[verdict];
    if (!kind) return [];
    return [importWords.found[verdict](kind.count), TOLD_BY_NAME.has(verdict) ? examples(kind.first) : null];
  });
  const hasAny = found.free !== undefined;
  return {
    visibility: 'private',
    tone: hasAny ? 'info' : 'neutral',
    blocks: [
      paragraph(lines([heading(importWords.title(panel.label)), ...told, hasAny ? null : importWords.nothing])),
      ...(hasAny
        ? [paragraph(lines([proves ? importWords.proven : importWords.unproven, importWords.absentLater]))]
        : []),
      paragraph(subtext(readAt === null ? importWords.unread : importWords.read(readAt))),
      ...(hasAny ? goOn(importWords.start, panel.id, '') : []),
    ],
  };
}

/** What one pass of it did. */
export function importedView(pass: {
  readonly panel: { readonly id: string; readonly label: string };
  readonly linked: number;
  readonly absent: readonly HeldLinkFacts[];
  readonly next: string | null;
}): View<'private'> {
  const { panel, linked, absent, next } = pass;
  return {
    visibility: 'private',
    tone: linked > 0 ? 'good' : 'neutral',
    blocks: [
      paragraph(
        lines([
          heading(importWords.title(panel.label)),
          importWords.linked(linked),
          ...(absent.length === 0 ? [] : [importWords.absent(absent.length), examples(absent)]),
          next === null ? null : importWords.more,
        ]),
      ),
      ...(next === null ? [] : goOn(importWords.goOn, panel.id, next)),
    ],
  };
}

function examples(first: readonly HeldLinkFacts[]): Text {
  const named = first
    .slice(0, NAMED)
    .map(({ username, userId }) => text`${untrusted(username, 40)} (${mention(userId)})`);
  return subtext(importWords.such(join(named, ', ')));
}

function goOn(label: string, panel: string, after: string): readonly Block[] {
  const action = { ...run('link import-confirmed', { panel, after }, 'update'), once: 'import' };
  return buttonRows([button(label, action, 'primary')]);
}
