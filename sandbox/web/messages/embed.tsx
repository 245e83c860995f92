/** An embed, the older way of bots to show a card. */
import type { APIEmbed, APIMessage } from 'discord-api-types/v10';
import { Media } from '../components-v2/media.tsx';
import { hexColour } from '../selectors.ts';
import { Timestamp } from './inline-parts.tsx';
import { InlineMarkdown, Markdown } from './markdown-view.tsx';

export function Embed({ message, embed }: { message: APIMessage; embed: APIEmbed }) {
  const { color, author, title, url, description, fields, image, thumbnail, footer, timestamp } = embed;
  return (
    <article class="card card-coloured embed" style={color === undefined ? {} : { '--card-accent': hexColour(color) }}>
      <div class="section">
        <div class="section-text">
          {author && <p class="embed-author">{author.name}</p>}
          {title && (
            <h4 class="heading-3">
              {url && /^https?:/.test(url) ? (
                <a href={url} target="_blank" rel="noreferrer noopener">
                  <InlineMarkdown text={title} />
                </a>
              ) : (
                <InlineMarkdown text={title} />
              )}
            </h4>
          )}
          {description && <Markdown text={description} />}
        </div>
        {thumbnail && <Media class="thumbnail" message={message} url={thumbnail.url} alt="" />}
      </div>
      {fields && fields.length > 0 && (
        <dl class="embed-fields">
          {fields.map((field, index) => (
            <div key={index.toString()} class={field.inline ? 'embed-inline' : ''}>
              <dt>
                <InlineMarkdown text={field.name} />
              </dt>
              <dd>
                <Markdown text={field.value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {image && <Media message={message} url={image.url} alt="" />}
      {(footer || timestamp) && (
        <footer class="embed-footer">
          {footer?.text}
          {footer && timestamp && ' · '}
          {timestamp && <Timestamp seconds={Date.parse(timestamp) / 1_000} style="f" />}
        </footer>
      )}
    </article>
  );
}
