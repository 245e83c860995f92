import { type Answer, json, noContent } from '../wire/answer.ts';
import { type Asked, one } from './asked.ts';
import { invalid, noModel } from './errors.ts';
import { insertNotification } from './insert.ts';
import { pageAnswer } from './pages.ts';
import { broken, oneOf, STRING, shortest, validate } from './rules.ts';
import { type CtrlNotification, type CtrlState, type CtrlUser, note } from './state.ts';
import { notificationView } from './views.ts';

const CONTENT = {
  via: { required: true, checks: [oneOf('mail', 'database', 'both')] },
  title: { required: true, checks: [STRING, shortest(1)] },
  content: { required: true, checks: [STRING, shortest(1)] },
};

export function listNotifications({ state, request }: Asked, user: CtrlUser): Answer {
  return pageAnswer(state, request, notificationsOf(state, user), (one) => notificationView(state, one));
}

/** @throws Refusal 404 for somebody else's */
export function notificationOf(state: CtrlState, user: CtrlUser, id: string): CtrlNotification {
  const found = state.notifications.get(id);
  if (found?.userId !== user.id) throw noModel('Notification', id);
  return found;
}

export function showNotification({ state }: Asked, notification: CtrlNotification): Answer {
  return one(state, notificationView(state, notification));
}

export function deleteNotification({ state }: Asked, notification: CtrlNotification): Answer {
  state.notifications.delete(notification.id);
  return noContent();
}

export function deleteNotifications({ state }: Asked, user: CtrlUser): Answer {
  const found = notificationsOf(state, user);
  for (const { id } of found) state.notifications.delete(id);
  return json(200, { message: 'All notifications deleted successfully', meta: { deleted_count: found.length } });
}

export function sendToUsers(asked: Asked): Answer {
  const { state, input } = asked;
  const found = broken({ ...CONTENT, users: { required: true, checks: [isList] } }, input);
  if (Object.keys(found).length > 0) throw invalid(found);
  const ids = input.users as readonly unknown[];
  ids.forEach((id, index) => {
    if (!state.users.has(Number(id)))
      throw invalid({ [`users.${index}`]: [`The selected users.${index} is invalid.`] });
  });
  const users = [...new Set(ids.map(Number))].flatMap((id) => state.users.get(id) ?? []);
  if (users.length === 0)
    return json(500, { error: 'Failed to send notification.', message: 'No users found with the provided IDs.' });
  return deliver(asked, users);
}

export function sendToAll(asked: Asked): Answer {
  validate(CONTENT, asked.input);
  return deliver(asked, [...asked.state.users.values()]);
}

function deliver({ state, input }: Asked, users: readonly CtrlUser[]): Answer {
  const channels = input.via === 'both' ? ['mail', 'database'] : [String(input.via)];
  const [title, content] = [String(input.title), String(input.content)];
  for (const user of users) {
    if (channels.includes('mail')) state.mails.push({ to: user.email, about: title });
    if (channels.includes('database'))
      insertNotification(state, { userId: user.id, type: 'App\\Notifications\\DynamicNotification', title, content });
    note(state, 'notification.send', user.id, { title, content, channels });
  }
  return json(200, { message: 'Notification sent successfully.', meta: { user_count: users.length, channels } });
}

/** The newest first. */
export function notificationsOf(state: CtrlState, user: CtrlUser): readonly CtrlNotification[] {
  return [...state.notifications.values()].filter(({ userId }) => userId === user.id).reverse();
}

function isList(value: unknown): string | null {
  return Array.isArray(value) ? null : 'field must be an array.';
}
