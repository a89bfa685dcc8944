using System.Text;
using System.Xml;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>Why a file is refused, found deep inside its reading. </summary>
internal sealed class RosterRefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>What a package may still unpack to, over all its parts.</summary>
internal sealed class RosterBudget(long left)
{
    /// <exception cref="RosterRefusedException">There is more than a roster can be.</exception>
    public void Spend(int read)
    {
        if ((left -= read) < 0) throw new RosterRefusedException(RosterRefusals.TooLarge);
    }
}

/// <summary>The text of one part of a package, UTF-8 and nothing else, as far as the budget goes. Between two marks stands at most what a
/// long cell needs, so that no name, attribute or text grows in memory before somebody can look at it.</summary>
internal sealed class RosterText(Stream part, RosterBudget budget) : TextReader
{
    /// <summary>The longest cell with every character written as an entity.</summary>
    private const int LongestRun = 12 * RosterLimits.CellCharacters;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly StreamReader _text = new(part, new UTF8Encoding(true, throwOnInvalidBytes: true), false, 16_384);
    private int _run;

    /// <summary>The part as XML: no document type, nothing from elsewhere.</summary>
    public static XmlReader Xml(Stream part, RosterBudget budget) => XmlReader.Create(new RosterText(part, budget), s_settings);

    public override int Read(char[] buffer, int index, int count)
    {
        var read = _text.Read(buffer, index, count);
        budget.Spend(read);
        var marks = buffer.AsSpan(index, read);
        for (int mark; (mark = marks.IndexOf('<')) >= 0; marks = marks[(mark + 1)..])
        {
            Run(mark);
            _run = 0;
        }

        Run(marks.Length);
        return read;
    }

    public override int Peek() => _text.Peek();

    public override int Read()
    {
        Span<char> one = [default];
        return _text.Read(one) == 0 ? -1 : one[0];
    }

    protected override void Dispose(bool disposing)
    {
        _text.Dispose();
        base.Dispose(disposing);
    }

    private void Run(int longer)
    {
        if ((_run += longer) > LongestRun) throw new RosterRefusedException(RosterRefusals.TooLarge);
    }
}
