/** Draws a parsed message. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Mention, Spoiler, Timestamp } from './inline-parts.tsx';
import { type Block, parseMarkdown } from './markdown.ts';
import { type Inline, parseInline } from './markdown-inline.ts';

export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div class={`markdown ${isOnlyEmoji(text) ? 'markdown-emoji' : ''}`}>
      <Blocks blocks={blocks} />
    </div>
  );
}

/** For places where only text within a line is formatted, such as titles of embeds. */
export function InlineMarkdown({ text }: { text: string }) {
  const nodes = useMemo(() => parseInline(text), [text]);
  return <Inlines nodes={nodes} />;
}

function isOnlyEmoji(text: string): boolean {
  return (
    text.length < 60 && /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u.test(text) && /[^\d\s#*]/.test(text)
  );
}

function Blocks({ blocks }: { blocks: Block[] }) {
  // A message's blocks never move, so their place is their identity.
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index.toString()} block={block} />
      ))}
    </>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Inlines nodes={block.children} />
        </p>
      );
    case 'heading':
      return (
        <Heading level={block.level}>
          <Inlines nodes={block.children} />
        </Heading>
      );
    case 'subtext':
      return (
        <p class="subtext" dir="auto">
          <Inlines nodes={block.children} />
        </p>
      );
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index.toString()} dir="auto">
          <Blocks blocks={item} />
        </li>
      ));
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
  }
}

/** Headings of messages stand below those of the page. */
function Heading({ level, children }: { level: 1 | 2 | 3; children: ComponentChildren }) {
  if (level === 1)
    return (
      <h3 class="heading-1" dir="auto">
        {children}
      </h3>
    );
  if (level === 2)
    return (
      <h4 class="heading-2" dir="auto">
        {children}
      </h4>
    );
  return (
    <h5 class="heading-3" dir="auto">
      {children}
    </h5>
  );
}

function Inlines({ nodes }: { nodes: Inline[] }) {
  return (
    <>
      {nodes.map((node, index) => (
        <InlineView key={index.toString()} node={node} />
      ))}
    </>
  );
}

function InlineView({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return <>{node.text}</>;
    case 'bold':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'underline':
      return (
        <u>
          <Inlines nodes={node.children} />
        </u>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      );
    case 'spoiler':
      return (
        <Spoiler>
          <Inlines nodes={node.children} />
        </Spoiler>
      );
    case 'code':
      return <code>{node.text}</code>;
    case 'link':
      return (
        <a href={node.url} target="_blank" rel="noreferrer noopener" title={node.url}>
          <Inlines nodes={node.children} />
        </a>
      );
    case 'emoji':
      return <span class="custom-emoji">:{node.name}:</span>;
    case 'command':
      return <span class="mention">/{node.name}</span>;
    case 'everyone':
      return <span class="mention">{node.text}</span>;
    case 'timestamp':
      return <Timestamp seconds={node.seconds} style={node.style} />;
    default:
      return <Mention type={node.type} id={node.id} />;
  }
}
