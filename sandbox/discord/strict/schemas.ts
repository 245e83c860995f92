/** Request bodies whose shape Discord publishes. */
export type BodyKind =
  | 'callback'
  | 'followUp'
  | 'webhookEdit'
  | 'message'
  | 'messageEdit'
  | 'command'
  | 'commandPatch'
  | 'commands'
  | 'directChannel';

export function checkBody(_kind: BodyKind, _body: unknown): void {}
