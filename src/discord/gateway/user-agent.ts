/** Discord asks for this form. @see https://discord.com/developers/docs/reference#user-agent */
export const USER_AGENT = 'DiscordBot (https://github.com/steward-bot/steward, 0.1.0)';
