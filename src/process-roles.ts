// The parts of the work that processes of an installation may share among them.
export const processRoles = ['web', 'realtime', 'worker'] as const
export type ProcessRole = (typeof processRoles)[number]
