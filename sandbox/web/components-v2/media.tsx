/**
 * Pictures and files. Only what the local Discord itself serves is shown: an address elsewhere is named, never loaded, so
 * that the sandbox makes no request to the outside.
 */
import type { APIMediaGalleryItem, APIMessage } from 'discord-api-types/v10';
import { Icon } from '../icons.tsx';
import { Spoiler } from '../messages/inline-parts.tsx';

/** The address to load, for attachments named by `attachment://` too; null when it lies outside. */
function localAddress(message: APIMessage, url: string): string | null {
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  const address = name ? message.attachments.find(({ filename }) => filename === name)?.url : url;
  if (!address || !URL.canParse(address, location.href)) return null;
  const { origin, pathname, search } = new URL(address, location.href);
  return origin === location.origin ? pathname + search : null;
}

interface MediaProps {
  message: APIMessage;
  url: string;
  alt: string;
  spoiler?: boolean | undefined;
  class?: string;
}

export function Media({ message, url, alt, spoiler, class: className = '' }: MediaProps) {
  const address = localAddress(message, url);
  const picture = address ? (
    <a href={address} target="_blank" rel="noreferrer" class={`picture ${className}`}>
      <img src={address} alt={alt} loading="lazy" />
    </a>
  ) : (
    <span class={`picture picture-outside ${className}`} title={url}>
      <Icon name="link" />
      <small>{URL.canParse(url) ? new URL(url).host : 'picture'}</small>
    </span>
  );
  return spoiler ? <Spoiler>{picture}</Spoiler> : picture;
}

export function Gallery({ message, items }: { message: APIMessage; items: APIMediaGalleryItem[] }) {
  return (
    <div class={`gallery gallery-${Math.min(items.length, 3)}`}>
      {items.map(({ media, description, spoiler }) => (
        <Media key={media.url} message={message} url={media.url} alt={description ?? ''} spoiler={spoiler} />
      ))}
    </div>
  );
}

interface FileLineProps {
  message: APIMessage;
  url: string;
  name?: string | undefined;
  /** In bytes. */
  size?: number | undefined;
}

export function FileLine({ message, url, name, size }: FileLineProps) {
  const attachment = message.attachments.find((file) => file.url === url || url === `attachment://${file.filename}`);
  const filename = name ?? attachment?.filename ?? 'file';
  const bytes = size ?? attachment?.size;
  return (
    <a class="file" href={localAddress(message, url) ?? '#'} download={filename}>
      <Icon name="file" />
      <span class="line-text">
        <span class="line-label" dir="auto">
          {filename}
        </span>
        {bytes !== undefined && <span class="line-detail">{formatBytes(bytes)}</span>}
      </span>
    </a>
  );
}

function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
