using System.Text;
using Shouwang.Cli;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>Runs the command line in this process and keeps what each run says apart from all that goes on beside it.</summary>
internal static class Overheard
{
    private static readonly Ear s_output = new(), s_error = new();

    static Overheard()
    {
        (s_output.Else, s_error.Else) = (Console.Out, Console.Error);
        Console.SetOut(s_output);
        Console.SetError(s_error);
    }

    public static async Task<(int Exit, string Output, string Error)> Run(string[] typed)
    {
        var (output, error) = (s_output.Listen(), s_error.Listen());
        var exit = await ShouwangCommand.Run(typed);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Writes to whoever listens where it is written, and to the console where nobody does.</summary>
    private sealed class Ear : TextWriter
    {
        private readonly AsyncLocal<TextWriter?> _listener = new();

        public TextWriter Else { get; set; } = Null;

        public override Encoding Encoding => Else.Encoding;

        /// <summary>What is written from here on by whoever calls this, and by what they start.</summary>
        public StringWriter Listen()
        {
            var heard = new StringWriter();
            _listener.Value = Synchronized(heard);
            return heard;
        }

        public override void Write(char value) => (_listener.Value ?? Else).Write(value);

        public override void Write(char[] buffer, int index, int count) => (_listener.Value ?? Else).Write(buffer, index, count);

        public override void Write(string? value) => (_listener.Value ?? Else).Write(value);
    }
}
