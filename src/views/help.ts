import { helpExamples, helpWords } from '../locales/en/help.ts';
import { join, mention, type Text, text, untrusted } from '../locales/text.ts';
import { heading, lines, paragraph } from './parts.ts';
import type { View } from './view.ts';

/** What the reader may run, three examples of it, and whom to ask for more. */
export function helpView(facts: {
  readonly commands: readonly string[];
  readonly ownerIds: readonly string[];
}): View<'private'> {
  const examples = helpExamples.filter(({ command }) => facts.commands.includes(command)).slice(0, 3);
  const owners = facts.ownerIds.slice(0, 5).map(mention);
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(lines([heading(helpWords.title), helpWords.intro])),
      paragraph(lines(groupsOf(facts.commands))),
      ...(examples.length === 0
        ? []
        : [paragraph(lines([helpWords.examples, ...examples.map(({ example }) => text`- ${example}`)]))]),
      paragraph(owners.length === 0 ? helpWords.whomUnknown : helpWords.whom(join(owners, ' or '))),
    ],
  };
}

/** One line a group: **Accounts** `/user view` `/user list` */
function groupsOf(commands: readonly string[]): readonly Text[] {
  const groups = Map.groupBy(commands, (command) => command.split(' ')[0] ?? command);
  return [...groups].map(([group, names]) => {
    const title = helpWords.groups[group] ?? untrusted(group);
    return join([text`**${title}**`, ...names.map(typed)], ' ');
  });
}

/** As it is typed; a no-break space, so that no line ends inside it. */
function typed(name: string): Text {
  return text`\`/${untrusted(name)}\``.replace(' ', '\u00a0') as Text;
}
