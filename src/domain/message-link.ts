const MESSAGE_LINK =
  /^https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/channels\/(\d{1,20})\/(\d{1,20})\/(\d{1,20})$/;

/**
 * Reads the link of a message in a server, as Discord's clients copy it; null for any other text. Those of direct messages, which nobody
 * else can open, are none.
 *
 * @returns the link in the one form in which it is kept.
 */
export function parseMessageLink(text: string): string | null {
  const match = MESSAGE_LINK.exec(text.trim());
  return match ? `https://discord.com/channels/${match[1]}/${match[2]}/${match[3]}` : null;
}
