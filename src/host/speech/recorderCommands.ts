/** Samples per second of a recording. Models for transcription work with this rate. */
export const recordedRate = 16_000;

/** A program that records the default microphone: 16 bits, one channel. */
export interface RecorderCommand {
  /** The program, as `PATH` finds it; on Windows below the folder of the system. */
  readonly program: string;
  readonly parameters: readonly string[];
  /**
   * `samples`: writes raw samples to its output until it is ended.
   * `file`: writes `recording` to its error output when it has begun. It ends when its input ends, and then writes a WAV file to its
   * output. Meanwhile it may use the file `PARLEY_RECORDING`.
   */
  readonly output: 'samples' | 'file';
}

const rate = String(recordedRate);
const rawSound = ['-t', 'raw', '-r', rate, '-c', '1', '-b', '16', '-e', 'signed-integer', '-L', '-'];
const sox: RecorderCommand = { program: 'rec', parameters: ['-q', ...rawSound], output: 'samples' };

function ffmpeg(format: string, input: string): RecorderCommand {
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin'];
  const output = ['-ac', '1', '-ar', rate, '-f', 's16le', '-flush_packets', '1', '-'];
  return {
    program: 'ffmpeg',
    parameters: [...quiet, '-f', format, '-i', input, ...output],
    output: 'samples',
  };
}

/** Records with Windows' own sound functions (winmm, "MCI Command Strings"), so that nothing needs to be installed. */
const windowsScript = `
$ErrorActionPreference = 'Stop'
try {
  Add-Type -Namespace Parley -Name Sound -MemberDefinition '[DllImport("winmm.dll", CharSet = CharSet.Unicode)] public static extern int mciSendString(string command, System.Text.StringBuilder reply, int size, IntPtr window);'
  function Send([string] $command) {
    $code = [Parley.Sound]::mciSendString($command, $null, 0, [IntPtr]::Zero)
    if ($code -ne 0) { throw "mciSendString $code" }
  }
  Send 'open new type waveaudio alias parley'
  Send 'set parley time format ms bitspersample 16 channels 1 samplespersec ${rate} bytespersec ${recordedRate * 2} alignment 2'
  Send 'record parley'
  [Console]::Error.WriteLine('recording')
  [void] [Console]::In.ReadLine()
  Send 'stop parley'
  Send ('save parley "' + $env:PARLEY_RECORDING + '"')
  Send 'close parley'
  $bytes = [IO.File]::ReadAllBytes($env:PARLEY_RECORDING)
  $output = [Console]::OpenStandardOutput()
  $output.Write($bytes, 0, $bytes.Length)
  $output.Flush()
} catch {
  [Console]::Error.WriteLine($_.Exception.Message)
  exit 1
}`;

/** The programs that can record on a system, the best one first. A system has only some of them. */
export function recorderCommands(platform: NodeJS.Platform): readonly RecorderCommand[] {
  switch (platform) {
    case 'linux':
      return [
        {
          program: 'parec',
          parameters: ['--raw', '--format=s16le', `--rate=${rate}`, '--channels=1', '--latency-msec=50'],
          output: 'samples',
        },
        {
          program: 'pw-record',
          parameters: ['--raw', '--format', 's16', '--rate', rate, '--channels', '1', '-'],
          output: 'samples',
        },
        {
          program: 'arecord',
          parameters: ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', rate, '-c', '1', '-'],
          output: 'samples',
        },
        sox,
        ffmpeg('pulse', 'default'),
      ];
    case 'darwin':
      return [sox, ffmpeg('avfoundation', ':default')];
    case 'win32':
      return [
        {
          program: String.raw`System32\WindowsPowerShell\v1.0\powershell.exe`,
          parameters: ['-NoProfile', '-NonInteractive', '-Command', windowsScript],
          output: 'file',
        },
      ];
    default:
      return [];
  }
}
