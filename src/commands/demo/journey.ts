// How one website goes from order to end, as scenes in time. A journey keeps its scenes in order whatever is asked of it.
import type { Agency, Order, Wallet } from './agency.ts'
import { afterWorkdays, later, MINUTE } from './calendar.ts'
import type { Client } from './people.ts'
import type { Chance } from './random.ts'
import * as words from './words.ts'

export interface Scene {
  at: Date
  play(agency: Agency): Promise<void>
}
/** How the money comes, or does not. */
export type Paying = Exclude<Wallet, 'deny'> | 'late' | 'second_code' | 'denied_first'

export class Journey {
  readonly scenes: Scene[] = []
  readonly order: Order
  readonly #chance: Chance
  #at: Date
  #submissions = 0
  /** How often the client will ask for changes. */
  readonly revisions: number

  constructor(client: Client, number: number, orderedAt: Date, chance: Chance) {
    this.order = { client, number, projectId: '', invoiceId: '', payment: null }
    this.#chance = chance
    this.#at = orderedAt
    this.revisions = chance.pick([0, 0, 0, 1, 1, 2])
    this.#then(orderedAt, (agency) => agency.order(this.order))
  }

  #then(at: Date, play: Scene['play']): this {
    this.#at = this.scenes.length > 0 && at <= this.#at ? later(this.#at, MINUTE) : at
    this.scenes.push({ at: this.#at, play })
    return this
  }
  #soon = (low: number, high: number) =>
    later(this.#at, Math.round((low + this.#chance.fraction() * (high - low)) * MINUTE))
  #workdays = (low: number, high: number) => afterWorkdays(this.#at, this.#chance.whole(low, high), this.#chance)
  #say = (texts: Record<'id' | 'en', readonly string[]>) => this.#chance.pick(texts[this.order.client.locale])

  openCode = (at = this.#soon(2, 9)) => this.#then(at, (agency) => agency.openCode(this.order))
  wallet = (how: Wallet) => this.#then(this.#soon(1, 6), (agency) => agency.pay(this.order, how))
  expire = () => this.#then(this.#soon(15.1, 15.3), (agency) => agency.letExpire(this.order))

  pay(how: Paying): this {
    this.openCode()
    switch (how) {
      case 'late':
        return this.#then(this.#soon(13, 14.5), (agency) => agency.payLate(this.order))
      case 'second_code':
        return this.expire().openCode(this.#soon(30, 600)).wallet('pay')
      case 'denied_first':
        return this.wallet('deny').openCode().wallet('pay')
      case 'wrong_amount':
        return this.wallet('wrong_amount').wallet('pay')
      default:
        return this.wallet(how)
    }
  }
  startByHand = (at = this.#workdays(1, 2)) => {
    const reason = this.#say(words.startsByHand)
    return this.#then(at, (agency) => agency.startByHand(this.order, reason))
  }
  submit = (at = this.#workdays(4, 10)) => {
    const note = this.#say(this.#submissions++ === 0 ? words.submitted : words.resubmitted)
    return this.#then(at, (agency) => agency.submit(this.order, note))
  }
  /** After a revision, which is less work than the website was. */
  resubmit = () => this.submit(this.#workdays(1, 4))
  revise = (at = this.#workdays(0, 2)) => {
    const note = this.#say(words.revisions)
    return this.#then(at, (agency) => agency.askRevision(this.order, note))
  }
  approve = (at = this.#workdays(1, 3)) => this.#then(at, (agency) => agency.approve(this.order))
  cancelByClient = (at = this.#workdays(1, 4)) => {
    const reason = this.#say(words.cancellations)
    return this.#then(at, (agency) => agency.cancel(this.order, 'client', reason))
  }
  cancelByAgency = (at = this.#workdays(2, 5)) => {
    const reason = this.#say(words.agencyCancellations)
    return this.#then(at, (agency) => agency.cancel(this.order, 'agency', reason))
  }
  refund = (share: number, texts: Record<'id' | 'en', readonly string[]>, at = this.#workdays(0, 2)) => {
    const reason = this.#say(texts)
    return this.#then(at, (agency) => agency.refund(this.order, share, reason))
  }
  settleFlags = (at = this.#workdays(0, 1)) => {
    const note = this.#say(words.settledFlags)
    return this.#then(at, (agency) => agency.settleFlags(this.order, note))
  }
}
