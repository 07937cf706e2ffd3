/** Addresses that one part of the site knows of another. */
export const paths = {
  /** Where a client pays an invoice. */
  pay: (invoiceId: string) => `/portal/invoices/${invoiceId}/pay`,
}
