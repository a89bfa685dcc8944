using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Shouwang.Tests.Tidy;

/// <summary>The instructions of compiled code and how long their operands are.</summary>
internal static class InstructionTable
{
    private static readonly Dictionary<int, OperandType> s_operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    /// <summary>Reads one instruction and says what follows it.</summary>
    public static OperandType Next(ref BlobReader code)
    {
        int value = code.ReadByte();
        if (value == 0xFE) value = 0xFE00 | code.ReadByte();
        return s_operands[value];
    }

    /// <summary>Steps over an operand that names no type.</summary>
    public static void Skip(OperandType operand, ref BlobReader code)
    {
        var length = operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 * code.ReadInt32(),
            _ => 4,
        };
        code.Offset += length;
    }
}
