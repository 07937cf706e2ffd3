// Every problem of the contracts in the reader's words: what it is called, and what to do. A test compares with the registry.
import { m } from './i18n/generated/messages.js'

export interface ProblemText {
  title: string
  help: string
}

const fault = () => ({ title: m.problems_internal_error_title(), help: m.problems_internal_error_help() })
const texts: Record<string, () => ProblemText> = {
  invalid_input: () => ({ title: m.problems_invalid_input_title(), help: m.problems_invalid_input_help() }),
  malformed_request: () => ({ title: m.problems_malformed_request_title(), help: m.problems_malformed_request_help() }),
  unsupported_media_type: () => ({
    title: m.problems_unsupported_media_type_title(),
    help: m.problems_unsupported_media_type_help(),
  }),
  body_too_large: () => ({ title: m.problems_body_too_large_title(), help: m.problems_body_too_large_help() }),
  not_signed_in: () => ({ title: m.problems_not_signed_in_title(), help: m.problems_not_signed_in_help() }),
  forbidden: () => ({ title: m.problems_forbidden_title(), help: m.problems_forbidden_help() }),
  cross_site_request: () => ({
    title: m.problems_cross_site_request_title(),
    help: m.problems_cross_site_request_help(),
  }),
  not_found: () => ({ title: m.problems_not_found_title(), help: m.problems_not_found_help() }),
  method_not_allowed: () => ({
    title: m.problems_method_not_allowed_title(),
    help: m.problems_method_not_allowed_help(),
  }),
  too_many_requests: () => ({ title: m.problems_too_many_requests_title(), help: m.problems_too_many_requests_help() }),
  idempotency_key_missing: () => ({
    title: m.problems_idempotency_key_missing_title(),
    help: m.problems_idempotency_key_missing_help(),
  }),
  idempotency_key_reused: () => ({
    title: m.problems_idempotency_key_reused_title(),
    help: m.problems_idempotency_key_reused_help(),
  }),
  idempotency_key_in_flight: () => ({
    title: m.problems_idempotency_key_in_flight_title(),
    help: m.problems_idempotency_key_in_flight_help(),
  }),
  unavailable: () => ({ title: m.problems_unavailable_title(), help: m.problems_unavailable_help() }),
  internal_error: fault,
  account_blocked: () => ({ title: m.problems_account_blocked_title(), help: m.problems_account_blocked_help() }),
  own_rights: () => ({ title: m.problems_own_rights_title(), help: m.problems_own_rights_help() }),
  channel_forbidden: () => ({ title: m.problems_channel_forbidden_title(), help: m.problems_channel_forbidden_help() }),
  no_such_receiver: () => ({ title: m.problems_no_such_receiver_title(), help: m.problems_no_such_receiver_help() }),
  email_taken: () => ({ title: m.problems_email_taken_title(), help: m.problems_email_taken_help() }),
  wrong_credentials: () => ({ title: m.problems_wrong_credentials_title(), help: m.problems_wrong_credentials_help() }),
  wrong_password: () => ({ title: m.problems_wrong_password_title(), help: m.problems_wrong_password_help() }),
  weak_password: () => ({ title: m.problems_weak_password_title(), help: m.problems_weak_password_help() }),
  login_throttled: () => ({ title: m.problems_login_throttled_title(), help: m.problems_login_throttled_help() }),
  link_expired: () => ({ title: m.problems_link_expired_title(), help: m.problems_link_expired_help() }),
  slug_taken: () => ({ title: m.problems_slug_taken_title(), help: m.problems_slug_taken_help() }),
  still_in_use: () => ({ title: m.problems_still_in_use_title(), help: m.problems_still_in_use_help() }),
  transition_refused: () => ({
    title: m.problems_transition_refused_title(),
    help: m.problems_transition_refused_help(),
  }),
  plan_not_offered: () => ({ title: m.problems_plan_not_offered_title(), help: m.problems_plan_not_offered_help() }),
  template_not_offered: () => ({
    title: m.problems_template_not_offered_title(),
    help: m.problems_template_not_offered_help(),
  }),
  invoice_not_payable: () => ({
    title: m.problems_invoice_not_payable_title(),
    help: m.problems_invoice_not_payable_help(),
  }),
  amount_not_supported: () => ({
    title: m.problems_amount_not_supported_title(),
    help: m.problems_amount_not_supported_help(),
  }),
  provider_unavailable: () => ({
    title: m.problems_provider_unavailable_title(),
    help: m.problems_provider_unavailable_help(),
  }),
  provider_refused: () => ({ title: m.problems_provider_refused_title(), help: m.problems_provider_refused_help() }),
  refund_refused: () => ({ title: m.problems_refund_refused_title(), help: m.problems_refund_refused_help() }),
  payment_not_pending: () => ({
    title: m.problems_payment_not_pending_title(),
    help: m.problems_payment_not_pending_help(),
  }),
  bad_signature: () => ({ title: m.problems_bad_signature_title(), help: m.problems_bad_signature_help() }),
  unreadable_qr: () => ({ title: m.problems_unreadable_qr_title(), help: m.problems_unreadable_qr_help() }),
  unknown_qr: () => ({ title: m.problems_unknown_qr_title(), help: m.problems_unknown_qr_help() }),
  bill_not_payable: () => ({ title: m.problems_bill_not_payable_title(), help: m.problems_bill_not_payable_help() }),
  unknown_order: () => ({ title: m.problems_unknown_order_title(), help: m.problems_unknown_order_help() }),
}

export const problemCodes: readonly string[] = Object.keys(texts)

/** Of a code that has no words of its own, those of a fault on our side. */
export function problemText(code: string): ProblemText {
  return (Object.hasOwn(texts, code) ? texts[code] : undefined)?.() ?? fault()
}
