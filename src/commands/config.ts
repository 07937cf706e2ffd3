// `jasaweb config`: every option with its documentation, or the values in force.
import { describeConfig, readConfig, showConfig } from '../config.ts'

export async function run(args: string[]): Promise<void> {
  console.log(args.includes('--show') ? showConfig(readConfig()) : describeConfig())
}
