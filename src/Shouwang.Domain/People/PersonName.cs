namespace Shouwang.Domain.People;

/// <summary>A name and the keys it is found by. 姓名</summary>
/// <param name="Initials">Pinyin initials, upper case; may be empty.</param>
public sealed record PersonName(string Text, string Key, string Initials)
{
    /// <summary>The name as strangers see it: 张*明, 李*.</summary>
    public static string Mask(string name)
    {
        // By characters: a rare one such as 𠮷 takes two places.
        var runes = name.EnumerateRunes().ToArray();
        return runes.Length switch
        {
            0 => "",
            1 => "*",
            2 => $"{runes[0]}*",
            _ => $"{runes[0]}{new string('*', runes.Length - 2)}{runes[^1]}",
        };
    }
}
