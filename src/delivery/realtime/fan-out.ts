// From the messages of a turn to the readers of their channels. Neighbours in one channel are taken together: who keeps up, as
// nearly all do, is looked at once for all of them.
import type { Speech } from './connection.ts'
import type { Piece } from './frames.ts'
import type { Hub, Members, Subscription } from './hub.ts'
import type { Message } from './message.ts'
import type { Outlet } from './outlet.ts'
import type { Recorder } from './recorder.ts'

interface Ways {
  hub: Hub
  outlet: Outlet
  recorder: Recorder
}

export function fanOut(ways: Ways, messages: readonly Message[]): void {
  for (const run of runsOf(messages)) {
    for (const channel of run[0]?.channels ?? []) {
      const members = ways.hub.members(channel)
      if (members) toMembers(ways, members, run)
    }
  }
}

/** Messages that follow one another in the same one channel; what reaches several channels stands alone. */
function runsOf(messages: readonly Message[]): Message[][] {
  const runs: Message[][] = []
  let only: string | undefined
  for (const message of messages) {
    const channel = message.channels.length === 1 ? message.channels[0] : undefined
    if (channel !== undefined && channel === only) runs.at(-1)?.push(message)
    else runs.push([message])
    only = channel
  }
  return runs
}

function toMembers({ outlet, recorder }: Ways, members: Members, run: readonly Message[]): void {
  const left = run.map((): Subscription[] => [])
  const piecesFor = pieceMaker(run, members.channel)
  const { list } = members
  // By index: this loop is run for every message and reader, by a compiler that does not see through iterators.
  for (let index = 0; index < list.length; index++) {
    const subscription = list[index]
    if (!subscription) continue
    const { speech, agency } = subscription.connection
    if (run.length > 1 && outlet.pushAll(subscription, piecesFor(speech, agency))) continue
    for (const [at, message] of run.entries()) if (!send(outlet, subscription, message)) left[at]?.push(subscription)
  }
  for (const [at, message] of run.entries()) recorder.sent(message, members, left[at] ?? [])
}

/** The pieces of a run, made once for readers of a kind. */
function pieceMaker(run: readonly Message[], channel: string): (speech: Speech, agency: boolean) => readonly Piece[] {
  const made = new Map<Speech, [client?: Piece[], agency?: Piece[]]>()
  /** What the last reader got: the next one most often gets the same. */
  let last: { speech: Speech; agency: boolean; pieces: Piece[] } | undefined
  return (speech, agency) => {
    if (last && last.speech === speech && last.agency === agency) return last.pieces
    let both = made.get(speech)
    if (!both) made.set(speech, (both = []))
    const pieces = (both[agency ? 1 : 0] ??= run.map((message) => speech.piece(message, channel, agency)))
    last = { speech, agency, pieces }
    return pieces
  }
}

function send(outlet: Outlet, subscription: Subscription, message: Message): boolean {
  const { connection } = subscription
  if (message.position <= subscription.sentTo) return false
  if (connection.speech.once && message.position <= connection.sentTo) {
    subscription.sentTo = message.position
    outlet.keep(subscription, message.position)
    return false
  }
  return outlet.push(subscription, connection.speech.piece(message, subscription.members.channel, connection.agency))
}
