namespace Shouwang.Domain.People;

/// <summary>A name and the keys it is found by. 姓名</summary>
/// <param name="Initials">Pinyin initials, upper case; may be empty.</param>
public sealed record PersonName(string Text, string Key, string Initials)
{
    /// <summary>The name as strangers see it: 张*明, 李*.</summary>
    public static string Mask(string name) => name.Length switch
    {
        0 => "",
        1 => "*",
        2 => $"{name[0]}*",
        _ => $"{name[0]}{new string('*', name.Length - 2)}{name[^1]}",
    };
}
