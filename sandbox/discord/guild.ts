import {
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
} from 'discord-api-types/v10';
import { snowflakeTimeMs } from './snowflake.ts';
import type { State } from './state.ts';

/** The guild as REST describes it. */
export function describeGuild(state: State): object {
  return {
    id: state.guild.id,
    name: state.guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    home_header: null,
    banner: null,
    description: null,
    owner_id: state.guild.ownerId,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.Low,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    roles: [...state.roles.values()],
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    premium_tier: GuildPremiumTier.None,
    premium_progress_bar_enabled: false,
    preferred_locale: Locale.EnglishUS,
    public_updates_channel_id: null,
    nsfw_level: GuildNSFWLevel.Default,
    safety_alerts_channel_id: null,
    incidents_data: null,
    widget_enabled: false,
    widget_channel_id: null,
    max_presences: null,
    max_members: 25_000_000,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    premium_subscription_count: 0,
    nsfw: false,
  };
}

/** The data of a bot's `GUILD_CREATE`. Without the members intent, Discord sends the bot itself as the only member. */
export function guildCreateData(state: State): object {
  const bot = state.members.get(state.botId);
  return {
    ...describeGuild(state),
    joined_at: new Date(snowflakeTimeMs(state.guild.id)).toISOString(),
    large: false,
    unavailable: false,
    member_count: state.members.size,
    members: bot === undefined ? [] : [bot],
    // All of them: Discord tells a bot of channels that it may not see, too.
    channels: [...state.guildChannels.values()],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
