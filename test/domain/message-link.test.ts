import { expect, it } from 'vitest';
import { parseMessageLink } from '../../src/domain/message-link.ts';

it.each([
  'https://discord.com/channels/100/200/300',
  ' https://ptb.discord.com/channels/100/200/300 ',
  'https://canary.discord.com/channels/100/200/300',
  'https://discordapp.com/channels/100/200/300',
])('%s is the link of a message, kept in one form', (link) => {
  expect(parseMessageLink(link)).toBe('https://discord.com/channels/100/200/300');
});

it.each([
  '',
  'https://discord.com/channels/@me/200/300',
  'https://discord.com/channels/100/200',
  'https://discord.com/channels/100/200/300/400',
  'https://discord.com.example.org/channels/100/200/300',
  'https://example.org/?https://discord.com/channels/100/200/300',
  'http://discord.com/channels/100/200/300',
  'https://discord.com/channels/100/200/300)',
])('“%s” is none', (text) => {
  expect(parseMessageLink(text)).toBeNull();
});
