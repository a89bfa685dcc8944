using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>How the kernel's values are stored, the same on both databases.</summary>
internal static class Conversions
{
    public static void Add(ModelConfigurationBuilder conventions)
    {
        var identified = typeof(Entity).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericType: false });
        foreach (var type in identified.Append(typeof(SignIn.Post)))
        {
            conventions.Properties(typeof(Id<>).MakeGenericType(type)).HaveConversion(typeof(IdConverter<>).MakeGenericType(type));
        }

        conventions.Properties<AreaCode>().HaveConversion<AreaConverter>();
        conventions.Properties<Money>().HaveConversion<MoneyConverter>();
        conventions.Properties<Hours>().HaveConversion<HoursConverter>();
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private sealed class IdConverter<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new(value));

    private sealed class AreaConverter() : ValueConverter<AreaCode, long>(area => area.Value, value => new(value));

    private sealed class MoneyConverter() : ValueConverter<Money, long>(money => money.Fen, value => new(value));

    private sealed class HoursConverter() : ValueConverter<Hours, int>(hours => hours.Minutes, value => Hours.OfMinutes(value));

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        at => at.UtcDateTime, value => new(DateTime.SpecifyKind(value, DateTimeKind.Utc)));
}

/// <summary>How receipts, events and API bodies are written as JSON.</summary>
public static class HouseJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Adds the kernel's converters to other options (the web API's).</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new IdJson());
        options.Converters.Add(new AreaJson());
        options.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter());
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
